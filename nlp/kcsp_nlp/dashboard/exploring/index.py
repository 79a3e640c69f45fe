"""The index of words: for each word, the entries that hold it and how much it says there.

Entries are all items, meetings, bodies, people, organisations and laws, one after the other in this
order; in each kind the order of its data file. Of two entries that match as well, the first one
is the newer, or the one of more meetings.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator

from kcsp_nlp.dashboard.exploring.folding import key, words
from kcsp_nlp.dashboard.exploring.packing import data_file, postings
from kcsp_nlp.dashboard.page import File

_SHARD = 100_000  # characters of a file of words, about
_WEIGHTS = 4  # how much a word says: below, and 3 in a title or a name
_TITLE, _OFTEN, _MORE = 3, 4, 2  # weight in a title; times in the text for weight 2, and for 1
_FILE_LETTERS = 2  # of a word, in the name of a file: too few to name anybody


class Index:
    """An index under way; entries are added in their order."""

    def __init__(self) -> None:
        self._found: dict[str, array[int]] = {}
        self._entries = 0

    def add(self, title: str, text: str = "") -> None:
        """Add the next entry.

        Args:
            title: Its title or name, whose words weigh most.
            text: What else it holds.
        """
        place = self._entries * _WEIGHTS
        self._entries += 1
        weights = {
            word: (count >= _MORE) + (count >= _OFTEN)
            for word, count in Counter(key(word.folded) for word in words(text)).items()
        }
        weights.update((key(word.folded), _TITLE) for word in words(title))
        for word, weight in weights.items():
            self._found.setdefault(word, array("Q")).append(place + weight)

    def add_all(self, titles: Iterable[str]) -> int:
        """Add entries that have a title alone; return how many they were."""
        before = self._entries
        for title in titles:
            self.add(title)
        return self._entries - before

    def files(self) -> Iterator[File]:
        """Yield the files of words, and last `data/search/words.js`, which says what is in which.

        A file holds words that follow each other in the order of UTF-16, as browsers compare them.
        """
        firsts: list[str] = []
        names: list[str] = []
        for shard in self._shards():
            firsts.append(shard[0][0])
            names.append(_name(shard[0][0], names))
            value = [" ".join(word for word, _ in shard), " ".join(packed for _, packed in shard)]
            yield data_file(f"search/{names[-1]}", value)
        yield data_file("search/words", [firsts, names, self._entries])

    def _shards(self) -> Iterator[list[tuple[str, str]]]:
        shard: list[tuple[str, str]] = []
        size = 0
        for word in sorted(self._found, key=lambda word: word.encode("utf-16-be", "surrogatepass")):
            packed = postings(self._found[word])
            if shard and size + len(packed) + len(word) > _SHARD:
                yield shard
                shard, size = [], 0
            shard.append((word, packed))
            size += len(packed) + len(word)
        if shard:
            yield shard


def _name(word: str, taken: list[str]) -> str:
    """Return the name of a file: the first letters of its first word, numbered where taken."""
    letters = word[:_FILE_LETTERS]
    stem = "".join(each if each.isascii() and each.isalnum() else "_" for each in letters)
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name
