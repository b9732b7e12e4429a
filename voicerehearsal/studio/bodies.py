"""What a page sends: bounded, and of the shape it must have."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from voicerehearsal.errors import UsageError
from voicerehearsal.languages import _

if TYPE_CHECKING:
    from starlette.requests import Request

T = TypeVar("T")


async def raw_body(request: Request, *, most_bytes: int) -> bytes:
    """The bytes that were sent; raises UsageError as soon as there are more than `most_bytes`."""
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > most_bytes:
            raise UsageError(_("That is larger than {n} MB").format(n=round(most_bytes / 1e6)), _("Send less of it."))
    return bytes(read)


async def sent(request: Request, shape: type[T], *, most_bytes: int = 1 << 16) -> T:
    """What was sent as JSON; raises UsageError where it has not this shape."""
    try:
        return msgspec.json.decode(await raw_body(request, most_bytes=most_bytes), type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(_("The page sent something unexpected ({error})").format(error=error)) from error
