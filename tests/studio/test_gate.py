"""Nobody gets into the studio but the browser that was given its key, on this computer."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.studio.serving import Served, served


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A studio that nobody has practised in."""
    with served(tmp_path_factory.mktemp("home")) as started:
        yield started


def test_the_key_opens_every_page_and_all_answers_forbid_other_scripts(studio: Served) -> None:
    """Who has the printed address gets in, and what is served lets no other site read, frame or script it."""
    prefix, headers = studio.enter()
    status, got, page = studio.ask(f"{prefix}/", headers=headers)
    assert status == 200
    assert "<main" in page
    policy = got["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "access-control-allow-origin" not in {name.lower() for name in got}


@pytest.mark.parametrize("path", ["/", "/open", "/open?key=guessed", "/web/base.css", "/live"])
def test_without_the_key_there_is_nothing(studio: Served, path: str) -> None:
    """Neither pages nor scripts nor the fact what lies where."""
    assert studio.ask(path)[0] == 403
    prefix, _ = studio.enter()
    assert studio.ask(prefix + path)[0] == 403


@pytest.mark.parametrize(
    "foreign",
    [
        {"Host": "evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_another_site_can_do_nothing_even_with_the_cookie(studio: Served, foreign: dict[str, str]) -> None:
    """A page elsewhere, one on another port of this computer, and a name that points here are all refused."""
    prefix, headers = studio.enter()
    assert studio.ask(f"{prefix}/", headers={**headers, **foreign})[0] == 403
    assert studio.ask(f"{prefix}/act/start", method="POST", headers={**headers, **foreign}, body=b"{}")[0] == 403


def test_an_act_without_an_origin_is_refused(studio: Served) -> None:
    """Browsers send it with every act; what does not is no page of ours."""
    prefix, headers = studio.enter()
    assert studio.ask(f"{prefix}/act/start", method="POST", headers={"Cookie": headers["Cookie"]}, body=b"{}")[0] == 403


def test_a_body_that_never_ends_is_not_read(studio: Served) -> None:
    """An announced gigabyte is refused before a byte of it is read."""
    prefix, headers = studio.enter()
    lines = {**headers, "Host": studio.host, "Content-Length": str(1 << 30)}
    asked = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    with socket.create_connection(("127.0.0.1", int(studio.host.split(":")[1])), timeout=10) as line:
        line.sendall(f"POST {prefix}/act/start HTTP/1.1\r\n{asked}\r\n".encode())
        assert b" 413 " in line.recv(200)


def test_the_cookie_goes_to_this_launch_only(studio: Served) -> None:
    """Cookies ignore ports: another server on this computer must not be sent it."""
    query = studio.key_address.split("?")[1]
    cookie = studio.ask(f"/open?{query}")[1]["set-cookie"]
    prefix, _ = studio.enter()
    assert f"Path={prefix};" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_the_page_that_opens_the_studio_shows_its_icon(studio: Served) -> None:
    """Browsers look for one nevertheless, where nobody gets in, and complain."""
    prefix, headers = studio.enter()
    page = studio.ask("/open?" + studio.key_address.split("?")[1])[2]
    assert f'rel="icon" href="{prefix}/web/icon.svg"' in page
    assert studio.ask(f"{prefix}/web/icon.svg", headers=headers)[0] == 200


def test_files_are_had_by_number_and_never_by_path(studio: Served, tmp_path: Path) -> None:
    """No way of writing a path leads out of the studio's own files."""
    prefix, headers = studio.enter()
    for path in (
        "/web/../pages.py",
        "/web/%2e%2e/pages.py",
        "/web/..%2fpages.py",
        f"/web/{tmp_path}",
        "/answers/..%2f1",
    ):
        assert studio.ask(prefix + path, headers=headers)[0] in (403, 404), path


def test_it_listens_on_this_computer_only(studio: Served) -> None:
    """Other addresses of this computer do not answer."""
    others = {one[4][0] for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    port = int(studio.host.split(":")[1])
    for address in [*others, "127.0.0.2"]:
        with socket.socket() as line:
            line.settimeout(2)
            assert line.connect_ex((str(address), port)) != 0
