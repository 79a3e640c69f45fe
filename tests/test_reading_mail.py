"""E-mails and Outlook's messages: what is attached, what of the text is read, what is refused."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterable, Mapping
from email.message import EmailMessage

import pytest

import compound
from kcsp_nlp.errors import ReadingError
from kcsp_nlp.reading import Document, Limits, mail, outlook
from kcsp_nlp.reading.events import Notice, Result
from kcsp_nlp.reading.formats import Member
from kcsp_nlp.reading.unpacking import File, unpack

LIMITS = Limits()
SHORT = "Please find the minutes attached.\n"
LONG = "4. The clerk’s quote of £250 was noted.\n" * 100


def message(text: str = SHORT, subject: str = "Minutes") -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = subject
    made["From"] = "clerk@example.org"
    made.set_content(text)
    return made


def read(data: bytes, suffix: str = ".eml", limits: Limits = LIMITS) -> list[Result]:
    file = File(data, f"m{suffix}", suffix, f"m{suffix}")
    kinds = Document | ReadingError | Notice
    return [each for each in unpack(file, limits) if isinstance(each, kinds)]


def told(results: Iterable[Result]) -> list[str]:
    return [each.source if isinstance(each, Document) else str(each) for each in results]


def attached(data: bytes) -> list[Member]:
    return list(mail.members(data, "m.eml", LIMITS))


def test_attachments_are_read_and_the_covering_text_is_told() -> None:
    made = message()
    made.add_attachment("Item 1", filename="may.txt")
    made.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="logo.png")
    made.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="invite.ics")
    assert told(read(made.as_bytes())) == [
        "m.eml/may.txt",
        "m.eml: left out 2 of no format that is read: logo.png, invite.ics; 1 the message's own "
        "text: message.txt",
    ]


def test_long_text_is_left_out_beside_an_attachment() -> None:
    made = message(LONG)
    made.add_attachment("Item 1", filename="may.txt")
    assert told(read(made.as_bytes()))[0] == "m.eml/may.txt"
    assert len(read(made.as_bytes())) == 2


def test_long_text_alone_is_read() -> None:
    made = message(LONG)
    made.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="logo.png")
    document, notice = read(made.as_bytes())
    assert isinstance(document, Document)
    assert (document.source, document.text) == ("m.eml/message.txt", LONG)
    assert "logo.png" in str(notice)


def test_short_text_alone_is_a_failure() -> None:
    (failure,) = read(message().as_bytes())
    assert str(failure).startswith(
        "m.eml: found nothing in it that is read (1 the message's own text: message.txt), expected"
    )


def test_a_page_that_is_long_by_its_styles_is_short() -> None:
    made = EmailMessage()
    made["Subject"] = "Minutes"
    style = "p {color: red}\n" * 500
    made.set_content(f"<html><style>{style}</style><p>Hello</p></html>", subtype="html")
    (failure,) = read(made.as_bytes())
    assert isinstance(failure, ReadingError)


def test_of_two_forms_of_the_text_the_plain_one_is_read() -> None:
    made = message(LONG)
    made.add_alternative(f"<p>{LONG}</p>", subtype="html")
    assert told(read(made.as_bytes())) == [
        "m.eml/message.txt",
        "m.eml: left out 1 the message's own text in another form: message.html",
    ]


def test_messages_inside_messages() -> None:
    inner = message(subject="May: minutes/agenda \\ Gŵyl")
    inner.add_attachment("Item 1", filename="may.txt")
    made = message()
    made.add_attachment(inner)
    made.add_attachment(LONG, filename="june.txt")
    assert told(read(made.as_bytes()))[0::2] == [
        "m.eml/May: minutes-agenda - Gŵyl.eml/may.txt",
        "m.eml/june.txt",
    ]


def test_messages_inside_messages_without_end() -> None:
    made = message(LONG)
    for _ in range(8):
        outer = message()
        outer.add_attachment(made)
        made = outer
    failures = [each for each in read(made.as_bytes()) if isinstance(each, ReadingError)]
    assert ["found archives 5 deep" in str(failure) for failure in failures] == [True]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        pytest.param('attachment; filename="may.txt"', "may.txt", id="plain"),
        pytest.param("attachment; filename*=utf-8''T%C5%B7.txt", "Tŷ.txt", id="RFC 2231"),
        pytest.param(
            "attachment; filename*0*=utf-8''T%C5%B7; filename*1*=%20mawr.txt",
            "Tŷ mawr.txt",
            id="RFC 2231 in parts",
        ),
        pytest.param('attachment; filename="=?utf-8?B?VMW3LnR4dA==?="', "Tŷ.txt", id="RFC 2047"),
        pytest.param("attachment; filename==?utf-8?Q?T=C5=B7.txt?=", "Tŷ.txt", id="unquoted"),
        pytest.param('attachment; filename="Tŷ.txt"', "Tŷ.txt", id="UTF-8 as it is"),
        pytest.param('attachment; filename="../../a.txt"', "a.txt", id="out of the folder"),
        pytest.param('attachment; filename="a"', "a.txt", id="a suffix by its type"),
        pytest.param("attachment", "part 1.txt", id="no name"),
        pytest.param("attachment; filename=" + "x" * 20_000, "", id="a header without end"),
    ],
)
def test_names(header: str, name: str) -> None:
    data = f"Subject: a\nContent-Type: text/plain\nContent-Disposition: {header}\n\ntext".encode()
    (member,) = attached(data)
    assert member.name == (name or "message.txt")


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        pytest.param("text/plain; charset=cp1252", b"\xa350", "£50", id="a charset"),
        pytest.param("text/plain; charset=nonsense", "£50".encode(), "£50", id="an unknown one"),
        pytest.param("text/plain; charset=utf-8", b"\xa350", b"\xa350", id="a wrong one"),
        pytest.param("text/plain; charset=idna", b"a.b", "a.b", id="one that is for names"),
        pytest.param("text/plain; charset=hex", b"6162", "6162", id="one that is for bytes"),
        pytest.param("text/plain; charset=utf-16", "£".encode("utf-16"), "£", id="UTF-16"),
        pytest.param(
            "text/plain\nContent-Transfer-Encoding: base64",
            b"SXRlbSAx!!",
            "Item 1",
            id="bad base64",
        ),
        pytest.param(
            "text/plain\nContent-Transfer-Encoding: quoted-printable", b"=C2=A350=", "£50", id="QP"
        ),
        pytest.param(
            "text/plain\nContent-Transfer-Encoding: nonsense", b"text", "text", id="no encoding"
        ),
    ],
)
def test_encodings(headers: str, body: bytes, text: str | bytes) -> None:
    data = (
        f"Subject: a\nContent-Disposition: attachment; filename=a.txt\nContent-Type: {headers}\n\n"
    ).encode() + body
    (member,) = attached(data)
    assert member.data == (text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize(
    ("kind", "name", "failure"),
    [
        pytest.param("ms-tnef", "winmail.dat", "(TNEF)", id="TNEF"),
        pytest.param("octet-stream", "WINMAIL.DAT", "(TNEF)", id="TNEF without its type"),
        pytest.param("pkcs7-mime", "smime.p7m", "encrypted or sealed", id="S/MIME"),
        pytest.param("pgp-encrypted", "a.asc", "encrypted or sealed", id="PGP"),
    ],
)
def test_what_cannot_be_opened_is_refused(kind: str, name: str, failure: str) -> None:
    made = message(LONG)
    made.add_attachment(b"x\x9f\x3e\x22", maintype="application", subtype=kind, filename=name)
    made.add_attachment("Item 1", filename="may.txt")
    first, second, _ = read(made.as_bytes())
    assert isinstance(first, ReadingError)
    assert failure in str(first)
    assert told([second]) == ["m.eml/may.txt"]


NESTED = b"Content-Type: multipart/mixed; boundary=0\n" + b"".join(
    b"\n--%d\nContent-Type: multipart/mixed; boundary=%d\n" % (depth, depth + 1)
    for depth in range(3_000)
)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"Item 1\n\nThe minutes", id="text"),
        pytest.param(b"\0\xff\xfe" * 100, id="bytes"),
        pytest.param(b"X-Y: 1\n\n" + LONG.encode(), id="a header of no message"),
        pytest.param(b"Subject: a\n" + b"\n--a" * 100_001, id="parts without end"),
        pytest.param(
            NESTED,
            id="parts inside parts",
        ),
        pytest.param(
            b"Subject: a\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\n--a--", id="no parts"
        ),
    ],
)
def test_what_is_no_message_is_a_failure(data: bytes) -> None:
    (failure,) = read(data)
    assert str(failure).startswith("m.eml: found ")


def test_a_message_attached_in_base64() -> None:
    made = message()
    made.add_attachment("Item 1", filename="may.txt")
    text = made.as_bytes()
    data = (
        b"Subject: a\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(text)
    )
    assert told(read(data))[0] == "m.eml/message.eml/may.txt"


# Outlook


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def attachment(name: str, data: bytes) -> dict[str, bytes]:
    return {"__substg1.0_3707001F": wide(name), "__substg1.0_37010102": data}


def msg(
    *attachments: Mapping[str, compound.Storage | bytes], text: str = SHORT, subject: str = "M"
) -> dict[str, compound.Storage | bytes]:
    made: dict[str, compound.Storage | bytes] = {
        "__properties_version1.0": b"\0" * 32,
        "__nameid_version1.0": {"__substg1.0_00020102": b""},
        "__substg1.0_0037001F": wide(subject),
        "__substg1.0_1000001F": wide(text),
    }
    for number, each in enumerate(attachments):
        made[f"__attach_version1.0_#{number:08X}"] = each
    return made


def read_msg(made: compound.Storage) -> list[Result]:
    return read(compound.write(made), ".msg")


def zipped(text: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", text)
    return stream.getvalue()


def test_attachments_of_outlook() -> None:
    made = msg(
        attachment("Gŵyl.txt", b"Item 1"),
        attachment("long.md", LONG.encode() * 10),
        attachment("logo.png", b"\x89PNG\r\n\x1a\n"),
        attachment("a.zip", zipped("Item 1")),
        {"__substg1.0_3704001E": b"CAF\xc9.TXT", "__substg1.0_37010102": b"Item 1"},
        {"__SUBSTG1.0_37010102": b"Item 1", "__substg1.0_3001001F": wide("shown.txt")},
    )
    assert told(read_msg(made)) == [
        "m.msg/Gŵyl.txt",
        "m.msg/long.md",
        "m.msg/a.zip/a.txt",
        "m.msg/CAFÉ.TXT",
        "m.msg/shown.txt",
        "m.msg: left out 1 of no format that is read: logo.png; 1 the message's own text: "
        "message.txt",
    ]


def test_own_text_of_outlook() -> None:
    (document,) = read_msg(msg(text=LONG))
    assert isinstance(document, Document)
    assert (document.source, document.text) == ("m.msg/message.txt", LONG)
    (failure,) = read_msg(msg())
    assert "found nothing in it that is read" in str(failure)


def test_messages_of_outlook_inside_each_other() -> None:
    made = msg(attachment("a.txt", b"Item 1"), subject="0")
    for depth in range(1, 7):
        made = msg({"__substg1.0_3701000D": made}, subject=f"{depth}/\\x")
    first, *_ = [each for each in read_msg(made) if isinstance(each, ReadingError)]
    assert "found messages 5 deep, expected at most 4" in str(first)
    inner = msg(attachment("a.txt", b"Item 1"), subject="Fwd: a/b")
    found = told(read_msg(msg({"__substg1.0_3701000D": inner})))
    assert found[0] == "m.msg/Fwd: a-b/a.txt"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({"__substg1.0_3707001F": wide("a.docx")}, "only a link", id="in the cloud"),
        pytest.param(attachment("smime.p7m", b"x"), "encrypted or sealed", id="S/MIME"),
        pytest.param(attachment("message.rpmsg", b"x"), "encrypted or sealed", id="rights"),
    ],
)
def test_what_outlook_keeps_is_refused(given: dict[str, bytes], message: str) -> None:
    first, second, _ = read_msg(msg(given, attachment("b.txt", b"Item 1")))
    assert message in str(first)
    assert told([second]) == ["m.msg/b.txt"]


def test_an_object_in_the_text_is_told() -> None:
    made = msg({"__substg1.0_3701000D": {"\x01Ole": b"x"}}, attachment("b.txt", b"Item 1"))
    assert "1 embedded in a message's text: object" in told(read_msg(made))[-1]


def test_a_stream_in_a_circle_that_claims_much() -> None:
    data = bytearray(compound.write(msg(attachment("a.txt", b"x" * 5_000))))
    name = wide("__substg1.0_37010102") + b"\0\0"
    at = data.index(name)
    data[at + 120 : at + 128] = (0xF0000000).to_bytes(8, "little")
    first, _ = read(bytes(data), ".msg")
    assert "found an attachment that is cut off or broken" in str(first)


@pytest.mark.parametrize("length", [8, 100, 512, 600, 1_024, 3_000, 5_000])
def test_a_cut_off_message_of_outlook(length: int) -> None:
    data = compound.write(msg(attachment("a.txt", b"x" * 9_000)))[:length]
    with pytest.raises(ReadingError, match="cut off or broken"):
        list(outlook.members(data, "m.msg", LIMITS))
