"""Bytes into characters: marks first, then strict UTF-8, then the legacy encoding that fits best.

English minutes hold a dozen bytes outside ASCII, most of them pound signs and quotes, too few for
statistics: asked first, charset-normalizer read 10 of 84 invented minutes saved in cp1252 correctly
and made Polish letters of the pound signs in most others. So the few encodings that British and
Irish offices have used are told apart by what each makes of such bytes, and charset-normalizer
is asked where so much lies outside ASCII that it has something to count.
"""

from __future__ import annotations

import codecs
import re

from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading.document import Extracted

# UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_WINDOWS = "cp1252"
_ASCII = 0x7F
# In this order, the earlier wins a tie: Windows, UTF-8 with stray bytes, western with the euro,
# Welsh, Mac, DOS, Polish.
_LEGACY = (_WINDOWS, "utf-8", "iso8859_15", "iso8859_14", "mac_roman", "cp850", "cp437", "cp1250")
# Share of bytes outside ASCII from which on a text is in no language that these encodings are for:
# English, Irish and Welsh minutes stay far below a tenth.
_FOREIGN = 0.3
# And so many of them that statistics can say which language it is.
_ENOUGH = 100
# Bytes on each side of the first one that is not UTF-8: enough to judge, whatever the file's size.
_SAMPLE = 1 << 17

# What minutes do not hold and a wrong encoding makes. "don’t" -> none; "donÕt" -> "Õ"
_ODD = re.compile(
    r"[\x7f-\x9f¤¥¦¨¬¯¸ƒ‡ˆ‰˜ÐÞðþ]"
    # letters of other alphabets than ours, except those of Welsh, Polish and Czech names
    r"|[\u0100-\u0103\u0108-\u010b\u010e-\u0117\u011c-\u013e\u0145-\u0146\u014a-\u0151]"
    r"|[\u0154-\u0157\u015c-\u015f\u0162-\u0163\u0166-\u016d\u0170-\u0173\u01a0-\u02ff\u0370-\u1fff]"
    r"|[\u2100-\u2121\u2123-\uffff]"  # box drawing, mathematics, private use, replacement
    r"|(?<=[a-zß-ÿ])[À-ÖØ-ÞŒŠŴŶŽŸ]"  # a capital within a word
    r"|(?<=[^\W\d_])[‚„“£¢§™©®°±·÷](?=[^\W\d_])"  # a sign within a word
    r"|(?<=[^\W\d_])[‚„]|(?<= )”(?=\w)"  # an opening quote after a word, a closing one before
    r"|[À-ÖØ-öø-ÿŒœŠšŴŵŶŷŽž](?=\d)"  # a letter that was a pound sign
    r"|(?<!\w)[^\W\d_A-Za-zÀÉÓàéó](?!\w)"  # a letter that was a bullet or dash
    r"|[ÂÃâ](?=[^\x00-\x7fÀ-ÿ])"  # UTF-8 read as something else
)
# What `surrogateescape` makes of bytes that are not UTF-8: b"\xa3" -> "\udca3"; "£" -> none
_STRAY = re.compile(r"[\udc80-\udcff]")


def decode(data: bytes, where: str) -> Extracted:
    """Decode a text file.

    A byte order mark is believed, then UTF-8 is tried. Anything else is read in the legacy
    encoding that leaves the fewest characters no minutes hold; where that is not Windows cp1252
    without any, a warning says how the file was read.

    Args:
        data: All of the file.
        where: What messages call the file.

    Returns:
        The text without its byte order mark, line ends as they are.

    Raises:
        ReadingError: the file is not in the encoding that its byte order mark announces.
    """
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            try:
                return Extracted(text=data.decode(codec), encoding=codec)
            except UnicodeDecodeError as error:
                raise ReadingError(
                    f"{where}: found a byte order mark of {name} but no {name} at byte "
                    f"{error.start}, expected {name} throughout; save the file anew as UTF-8"
                ) from error
    try:
        return Extracted(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError as error:
        return _decode_legacy(data, error.start)


def _decode_legacy(data: bytes, at: int) -> Extracted:
    sample = _sample(data, at)
    # min keeps the first of equals, so that Windows wins unless another is better.
    encoding = min(_LEGACY, key=lambda codec: _oddness(sample, codec))
    if sum(byte > _ASCII for byte in sample) > max(_ENOUGH, _FOREIGN * len(sample)):
        encoding = _detect(sample) or encoding
    if encoding == _WINDOWS:
        text = data.decode(_WINDOWS, errors="replace")
        lost = text.count("\ufffd")
        warning = (
            f"{lost} byte(s) with no meaning in {_WINDOWS} were replaced by U+FFFD; "
            "save the file as UTF-8 to keep them"
        )
        return Extracted(text=text, encoding=_WINDOWS, warnings=(warning,) if lost else ())
    if encoding == "utf-8":
        escaped = data.decode("utf-8", errors="surrogateescape")
        text, strays = _STRAY.subn(_from_windows, escaped)
        warning = f"{strays} byte(s) not in UTF-8 were read as {_WINDOWS}"
        return Extracted(text=text, encoding="utf-8", warnings=(warning,))
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:  # the sample was not all: bytes further on do not fit
        text = data.decode(encoding, errors="replace")
    warning = f"the encoding is neither UTF-8 nor {_WINDOWS} and was taken to be {encoding}"
    if lost := text.count("\ufffd"):
        warning += f"; {lost} byte(s) with no meaning in it were replaced by U+FFFD"
    return Extracted(text=text, encoding=encoding, warnings=(warning,))


def _detect(sample: bytes) -> str | None:
    """Return the encoding that charset-normalizer finds; None where it finds none."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample, steps=5, chunk_size=512).best()
    return best.encoding if best is not None else None


def _sample(data: bytes, at: int) -> bytes:
    """Return the bytes around `at`, no character of UTF-8 cut at either end."""
    if len(data) <= 2 * _SAMPLE:
        return data
    sample = data[max(0, at - _SAMPLE) : at + _SAMPLE]
    return sample.lstrip(bytes(range(0x80, 0xC0))).rstrip(bytes(range(0x80, 0x100)))


def _oddness(sample: bytes, encoding: str) -> int:
    """Count the characters of a sample that speak against an encoding."""
    if encoding == "utf-8":
        return len(_STRAY.findall(sample.decode("utf-8", errors="surrogateescape")))
    return len(_ODD.findall(sample.decode(encoding, errors="replace")))


def _from_windows(stray: re.Match[str]) -> str:
    return bytes([ord(stray[0]) - 0xDC00]).decode(_WINDOWS, errors="replace")
