"""A small model in the real format, and a server on this machine that gives it away in good and bad ways."""

from __future__ import annotations

import hashlib
import io
import random
import threading
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from voicerehearsal.engines.model_store import ListedModel, ModelFile, Source

LINE = "--dither=0"

FILES = {
    "README": b"A model for tests\n",
    "am/final.mdl": random.Random(1).randbytes(1_500_000),
    "conf/mfcc.conf": b"--num-ceps=40\n",
    "conf/model.conf": b"--beam=10.0\n",
    "graph/phones/word_boundary.int": b"1 nonword\n2 begin\n",
}
"""The files as published."""


def archive(files: Mapping[str, bytes] = FILES, root: str = "some/where/model/") -> bytes:
    """A zip archive of `files` under the folder `root`."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, data in files.items():
            packed.writestr(zipfile.ZipInfo(root + path), data)
    return made.getvalue()


def source(data: bytes, *, url: str | None = None, package: str | None = None) -> Source:
    """A source that promises `data`."""
    return Source(bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), url=url, package=package)


def listed(*sources: Source, files: Mapping[str, bytes] = FILES, pinned: bool = True) -> ListedModel:
    """The small model as `models.toml` would list it."""
    installed = dict(files) | {"conf/mfcc.conf": files["conf/mfcc.conf"] + f"{LINE}\n".encode()}
    pins = tuple(ModelFile(path, len(data), hashlib.sha256(data).hexdigest()) for path, data in installed.items())
    return ListedModel(
        name="small-model",
        language="en",
        title="English",
        licence="Apache-2.0",
        sources=sources,
        files=pins if pinned else (),
        appended={"conf/mfcc.conf": LINE},
    )


@dataclass
class Server:
    """Serves `data` under /whole, half of it under /cut and /stalled, other bytes under /wrong, nothing under /mute."""

    data: bytes
    asked: list[str] = field(default_factory=list)
    half_sent: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(self.path)
                server.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, path: str) -> str:
        """Where `path` is served."""
        return f"http://127.0.0.1:{self._http.server_port}/{path}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer one request, badly where its path says so."""
        path = request.path.strip("/")
        if path == "mute":
            self.closing.wait()
            return
        if path not in {"whole", "cut", "stalled", "wrong"}:
            request.send_error(404)
            return
        request.send_response(200)
        request.send_header("Content-Length", str(len(self.data)))
        request.end_headers()
        body = self.data[::-1] if path == "wrong" else self.data
        request.wfile.write(body[: len(body) // 2])
        self.half_sent.set()
        if path == "stalled":
            self.closing.wait()
        elif path != "cut":
            request.wfile.write(body[len(body) // 2 :])

    def close(self) -> None:
        """Let every waiting request go."""
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
