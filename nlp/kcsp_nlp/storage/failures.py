"""What goes wrong in an object store, told as the failures of files are told."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from upath import UPath

# What a store calls a failure: `NoSuchBucket`, `404`; not "Access denied for key AKIA…".
_CODE = re.compile(r"[A-Za-z0-9_]{1,48}")
# Deeper than this nothing names the cause: libraries wrap an error two or three times.
_DEPTH = 6

_ERRNO: tuple[tuple[type[OSError], int], ...] = (
    (FileNotFoundError, errno.ENOENT),
    (FileExistsError, errno.EEXIST),
    (IsADirectoryError, errno.EISDIR),
    (NotADirectoryError, errno.ENOTDIR),
    (PermissionError, errno.EACCES),
    (TimeoutError, errno.ETIMEDOUT),
    (ConnectionError, errno.ECONNREFUSED),
)
# By the names that the libraries of the stores give their errors: none of them is imported here.
_NAMED: tuple[tuple[re.Pattern[str], int, str], ...] = (
    (
        re.compile(r"Credential|Authentication|InvalidAccessKey|Token|Refresh|SignatureDoesNot"),
        errno.EACCES,
        "no valid credentials for the store",
    ),
    (re.compile(r"Timeout|TimedOut"), errno.ETIMEDOUT, "the store did not answer in time"),
    (
        re.compile(r"Connect|Endpoint|ServiceRequest|HTTPClient|ProxyError|SSL|Certificate"),
        errno.ECONNREFUSED,
        "the store cannot be reached",
    ),
    (re.compile(r"SlowDown|Throttl|ServiceUnavailable"), errno.EBUSY, "the store is overloaded"),
)
_REASONS = {
    errno.ENOENT: "not there",
    errno.EACCES: "access denied",
    errno.ETIMEDOUT: "the store did not answer in time",
    errno.ECONNREFUSED: "the store cannot be reached",
}


@contextmanager
def told_as_files(place: UPath) -> Iterator[None]:
    """Have whatever goes wrong in an object store raise as it would on a disk.

    Every store has a library of its own, and every library some families of errors, some of them
    bare `RuntimeError` and `ValueError`. What they say may hold signed addresses and keys, so
    their words are not repeated.

    Raises:
        OSError: anything went wrong; its `strerror` says what, in one line.
    """
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        raise _as_file_error(error, place) from error


def code_of(error: BaseException) -> str:
    """Return what the store calls a failure; the name of the error where it calls it nothing."""
    chain = list(_chain(error))
    for each in chain:
        for code in _codes(each):
            if _CODE.fullmatch(str(code)):
                return str(code)
    return type(chain[-1] if type(error) is RuntimeError else error).__name__


def _as_file_error(error: Exception, place: UPath) -> OSError:
    code = code_of(error)
    number, reason = _kind(error, code)
    return OSError(number, f"{reason} ({code})", str(place))


def _kind(error: Exception, code: str) -> tuple[int, str]:
    # The code first: S3 also denies access where a key is mistyped or has run out.
    names = " ".join((code, *(type(each).__name__ for each in _chain(error))))
    for pattern, number, reason in _NAMED:
        if pattern.search(names):
            return number, reason
    for kind, number in _ERRNO:
        if isinstance(error, kind):
            return number, _REASONS.get(number, os.strerror(number).lower())
    if str(error).startswith("Forbidden"):  # gcsfs gives it no kind
        return errno.EACCES, _REASONS[errno.EACCES]
    number = error.errno if isinstance(error, OSError) and error.errno else errno.EIO
    return number, "the store refused it" if number == errno.EINVAL else "the store failed"


def _chain(error: BaseException) -> Iterator[BaseException]:
    each: BaseException | None = error
    for _ in range(_DEPTH):
        if each is None:
            return
        yield each
        each = each.__cause__ or each.__context__


def _codes(error: BaseException) -> Iterator[object]:
    response = getattr(error, "response", None)  # botocore
    if isinstance(response, dict):
        yield response.get("Error", {}).get("Code", "")
    for name in ("error_code", "code"):  # azure, gcsfs
        value = getattr(error, name, None)
        if isinstance(value, str | int):
            yield value
