"""E-mails as files (.eml) into their attachments.

A message's own text covers the minutes and is not the minutes: it is a document only where nothing
is attached that could be read and it is long, as when a clerk pastes the minutes into the message.
Of text that a message holds twice, as text and as a page of the web, the text is taken.
"""

from __future__ import annotations

import base64
import codecs
import contextlib
import email
import email.header
import email.policy
import io
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.generator import BytesGenerator
from email.message import Message
from pathlib import PurePosixPath

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.formats import Member, is_readable
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.naming import Namer, clean
from kcsp_nlp.reading.sniffing import sniff

# What Python's parser of messages raises on broken ones, beside its own.
_BROKEN = (
    MessageError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)
# Code points from which on a message's own text may be minutes: covering letters with a council's
# disclaimer stay below.
LONG = 2_000
# Lines that may begin a part; parsing one takes more time than a thousand bytes do.
_MOST_PARTS = 100_000
# A header longer than any that says what a part is: parsing takes its length squared.
_LONGEST_HEADER = 10_000
_OWN_TEXT = "the message's own text"
_SAME_TEXT = "the message's own text in another form"
_NO_FORMAT = "of no format that is read"
# Headers of which a message has at least one.
_HEADERS = {"from", "to", "subject", "date", "received", "mime-version", "content-type"}
_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.ms-outlook": ".msg",
    "message/rfc822": ".eml",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
_SEALED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
_TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
_UNTOLD = "application/octet-stream"
_WRAPPED = (
    "found attachments in a wrapping that only Outlook opens (TNEF), expected the attachments; ask "
    "the sender to send them as HTML or plain text, or save them from Outlook"
)
_ENCRYPTED = (
    "found a message that is encrypted or sealed (S/MIME, PGP), expected an open one; save its "
    "attachments from the program that opens it"
)
# Codecs of Python that no message may name: not for text of messages, and some are slow.
_NO_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
# What a page of the web does not show: "<style>p {color: red}</style>", "<!-- x -->", "<b>"; not
# "a < b". Bounded, so that marks that never end cost little.
_UNSEEN = re.compile(
    r"<(style|script|head)\b.{0,20000}?</\1\s{0,9}>|<!--.{0,20000}?-->|<[^<>]{1,5000}>",
    re.IGNORECASE | re.DOTALL,
)
# As much of a page as is looked at to tell whether it is long.
_LOOKED_AT = 200_000


def members(data: bytes, where: str, limits: Limits) -> Iterator[Member]:
    """Take a message apart.

    Args:
        data: All of the file.
        where: What messages call it.
        limits: Not needed: parts are no larger than the message.

    Yields:
        Its attachments in order, messages among them as such; then its own text, for which see
        the module.

    Raises:
        ReadingError: it is no message, or one that cannot be taken apart.
    """
    if data.count(b"\n--") > _MOST_PARTS:
        raise ReadingError(
            f"{where}: found a message that may have more than {_MOST_PARTS} parts, expected "
            "fewer; save its attachments from a mail program and read them"
        )
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        names = {name.lower() for name, _ in message.raw_items()}
        parts = [_Part(part, number) for number, part in enumerate(_leaves(message), 1)]
    except _BROKEN as error:
        raise ReadingError(
            f"{where}: found a message that is broken, or has parts inside parts without end, "
            "expected a sound one; save its attachments from a mail program and read them"
        ) from error
    if not names & _HEADERS:
        raise ReadingError(
            f"{where}: found no header of a message, expected From, Subject or the like; save the "
            "message anew from a mail program"
        )
    namer = Namer()
    has_attachment = False
    for part in parts:
        if not part.is_own_text:
            member = _attachment(part, namer)
            has_attachment |= member.left_out is None
            yield member
    yield from _own_text([part for part in parts if part.is_own_text], namer, has_attachment)


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold no others, attached messages whole, in order."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        for header in {name for name, value in part.raw_items() if len(value) > _LONGEST_HEADER}:
            del part[header]
        inner = part.get_payload()
        if isinstance(inner, list) and not _type(part).startswith("message/"):
            waiting.extend(each for each in reversed(inner) if isinstance(each, Message))
        else:
            yield part


def _type(part: Message) -> str:
    with contextlib.suppress(*_BROKEN):
        return part.get_content_type()
    return _UNTOLD


class _Part:
    """A part of a message that holds no others.

    Attributes:
        kind: Its content type, "application/octet-stream" where that cannot be told.
        name: Its file's name, decoded; "" where it has none.
        number: Which of the message's parts it is, from 1.
        is_own_text: Whether it is what the author wrote, not attached.
    """

    def __init__(self, part: Message, number: int) -> None:
        self._part = part
        self.number = number
        self.kind = _type(part)
        self.name = ""
        is_attached = False
        with contextlib.suppress(*_BROKEN):
            self.name = _decoded(part.get_filename() or _loose_filename(part) or "")
        with contextlib.suppress(*_BROKEN):
            is_attached = part.get_content_disposition() == "attachment"
        self.is_own_text = (
            self.kind in {"text/plain", "text/html"} and not self.name and not is_attached
        )

    def data(self) -> bytes:
        """Return what the part holds; text in UTF-8 where its charset is named and right."""
        with contextlib.suppress(*_BROKEN):
            if self.kind == "message/rfc822":
                return self._message()
            payload = self._part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else b""
            return self._transcoded(data) if self.kind.startswith("text/") else data
        return b""

    def subject(self) -> str:
        """Return the subject of an attached message; "" where it has none."""
        with contextlib.suppress(*_BROKEN):
            inner = self._part.get_payload(0)
            if isinstance(inner, Message):
                headers = {name.lower(): value for name, value in inner.raw_items()}
                return _decoded(str(headers.get("subject", ""))[:_LONGEST_HEADER])
        return ""

    def _message(self) -> bytes:
        inner = self._part.get_payload(0)
        if not isinstance(inner, Message):
            return b""
        stream = io.BytesIO()
        # As it was: the policy by which it was parsed would write its headers anew.
        BytesGenerator(stream, mangle_from_=False, policy=email.policy.compat32).flatten(inner)
        data = stream.getvalue()
        if str(self._part.get("content-transfer-encoding", "")).lower() == "base64":
            # Not allowed, yet some programs do it: its lines were taken for a message's.
            return base64.b64decode(data)
        return data

    def _transcoded(self, data: bytes) -> bytes:
        charset = self._part.get_content_charset("utf-8")
        with contextlib.suppress(LookupError, ValueError):
            if codecs.lookup(charset).name.replace("-", "_") not in _NO_CHARSETS:
                # The mark outdoes what the page may say of itself.
                mark = "\ufeff" if self.kind == "text/html" else ""
                return (mark + data.decode(charset).removeprefix("\ufeff")).encode()
        return data


def _loose_filename(part: Message) -> str | None:
    """Return the name that the older parser finds: of encoded words without quotes, too."""
    copy = Message(policy=email.policy.compat32)
    for header, value in part.raw_items():
        copy[header] = value
    name = copy.get_filename()
    return name if isinstance(name, str) else None


def _decoded(name: str) -> str:
    """Return a name without the codes of RFC 2047, and UTF-8 that was not declared."""
    with contextlib.suppress(*_BROKEN):
        name = name.encode("ascii", "surrogateescape").decode("utf-8", "replace")
    with contextlib.suppress(*_BROKEN):
        name = str(email.header.make_header(email.header.decode_header(name)))
    return name


def _attachment(part: _Part, namer: Namer) -> Member:
    suffix = _SUFFIXES.get(part.kind, "")
    stem = part.name
    if part.kind == "message/rfc822":
        stem = clean((stem or part.subject() or "message").replace("/", "-").replace("\\", "-"))
        suffix = "" if stem.lower().endswith(suffix) else suffix
    elif stem:
        suffix = "" if PurePosixPath(clean(stem)).suffix else suffix
    else:
        stem = f"part {part.number}"
    name = namer.name(stem + suffix)
    if part.kind in _TNEF or clean(stem).lower() == "winmail.dat":
        return Member(name, failure=_WRAPPED)
    if part.kind in _SEALED:
        return Member(name, failure=_ENCRYPTED)
    data = part.data()
    if not is_readable(PurePosixPath(name).suffix) and sniff(data)[0] in {"text", "unread"}:
        return Member(name, left_out=_NO_FORMAT, unpacked=len(data))
    return Member(name, data)


def _own_text(parts: list[_Part], namer: Namer, has_attachment: bool) -> Iterator[Member]:
    plain = [part for part in parts if part.kind == "text/plain"]
    others = [part for part in parts if part.kind != "text/plain"]
    if not any(part.data().strip() for part in plain):
        plain, others = others, []
    for group, reason in ((plain, _OWN_TEXT), (others, _SAME_TEXT)):
        data = b"\n".join(part.data() for part in group)
        if not data.strip():
            continue
        name = namer.name(f"message{_SUFFIXES[group[0].kind]}")
        text = _UNSEEN.sub("", data[:_LOOKED_AT].decode(errors="replace"))
        if group is plain and not has_attachment and len(" ".join(text.split())) >= LONG:
            yield Member(name, data)
        else:
            yield Member(name, left_out=reason, unpacked=len(data))
