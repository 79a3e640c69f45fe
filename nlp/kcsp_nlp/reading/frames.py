"""Messages between the process that wants a document and the one that reads it.

A message is a JSON object and bytes, each behind its length (eight bytes, big-endian). JSON, not
pickle: what comes back was made from a file that may be hostile.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

_LENGTHS = struct.Struct(">QQ")
# More than any document within the limits comes to: a length beyond it is a broken stream.
_LONGEST = 1 << 32


def send(stream: IO[bytes], message: dict[str, Any], data: bytes = b"") -> None:
    """Send a message.

    Args:
        stream: Where to.
        message: What JSON can hold.
        data: Bytes that go with it.

    Raises:
        OSError: the other side is gone.
        ValueError: the stream was closed.
    """
    # Names of files may hold surrogates: bytes that are not UTF-8. They arrive as they were.
    head = json.dumps(message, ensure_ascii=False).encode(errors="surrogatepass")
    stream.write(_LENGTHS.pack(len(head), len(data)))
    stream.write(head)
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any] | None, bytes]:
    """Wait for a message and return it with its bytes; None where the other side is gone.

    Raises:
        OSError: the stream cannot be read.
        ValueError: what came is no message.
    """
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None, b""
    head, body = _LENGTHS.unpack(lengths)
    if head > _LONGEST or body > _LONGEST:
        raise ValueError("the other side sent no message")
    message, data = stream.read(head), stream.read(body)
    if len(message) < head or len(data) < body:
        return None, b""
    try:
        decoded = json.loads(message.decode(errors="surrogatepass"))
    except RecursionError as error:
        raise ValueError("the other side sent no message") from error
    if not isinstance(decoded, dict):
        raise ValueError("the other side sent no message")
    return decoded, data
