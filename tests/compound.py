"""Writes compound files (MS-CFB), the container of Outlook's messages and old Office documents."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union

Storage = Mapping[str, Union[bytes, "Storage"]]

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _MINI = 512, 64
_CUTOFF = 4_096


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    right: int = _FREE
    child: int = _FREE
    start: int = _END


@dataclass
class _Chains:
    """Sectors of one size, and which follows which."""

    size: int
    data: bytearray = field(default_factory=bytearray)
    next: list[int] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        """Append a stream and return its first sector."""
        if not data:
            return _END
        start = len(self.next)
        count = -(-len(data) // self.size)
        self.data += data.ljust(count * self.size, b"\0")
        self.next += [*range(start + 1, start + count), _END]
        return start


def write(storage: Storage) -> bytes:
    """Return a compound file with these streams (bytes) and storages (mappings)."""
    entries = [_Entry("Root Entry", 5)]
    _add(storage, 0, entries)
    big, mini = _Chains(_SECTOR), _Chains(_MINI)
    for entry in entries[1:]:
        if entry.kind == 2:
            entry.start = (big if len(entry.data) >= _CUTOFF else mini).add(entry.data)
    entries[0].data = bytes(mini.data)
    entries[0].start = big.add(entries[0].data)
    mini_fat = big.add(_pack(mini.next, _SECTOR // 4))
    directory = big.add(b"".join(map(_directory_entry, entries)))
    fat_sectors = 1
    while (len(big.next) + fat_sectors) * 4 > fat_sectors * _SECTOR:
        fat_sectors += 1
    first = len(big.next)
    fat = _pack([*big.next, *[_FAT] * fat_sectors], _SECTOR // 4)
    header = struct.pack(
        "<8s16xHHHHH6xLLLLLLLLLL",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E, 3, 0xFFFE, 9, 6,
        0, fat_sectors, directory, 0, _CUTOFF,
        mini_fat, -(-len(mini.next) * 4 // _SECTOR), _END, 0,
        first,
    )  # fmt: skip
    others = list(range(first + 1, first + fat_sectors))
    rest = _pack(others + [_FREE] * (108 - len(others)), 1)
    return header + rest + bytes(big.data) + fat


def _add(storage: Storage, parent: int, entries: list[_Entry]) -> None:
    before = None
    for name, content in storage.items():
        number = len(entries)
        data = content if isinstance(content, bytes) else b""
        entries.append(_Entry(name, 2 if isinstance(content, bytes) else 1, data))
        if before is None:
            entries[parent].child = number
        else:
            entries[before].right = number
        before = number
        if not isinstance(content, bytes):
            _add(content, number, entries)


def _directory_entry(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBLLL36xLQ",
        name, len(name), entry.kind, 1, _FREE, entry.right, entry.child,
        entry.start, len(entry.data),
    )  # fmt: skip


def _pack(numbers: list[int], multiple: int) -> bytes:
    padded = numbers + [_FREE] * (-len(numbers) % multiple)
    return struct.pack(f"<{len(padded)}L", *padded)
