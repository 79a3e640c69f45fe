"""A run on this machine: what earlier runs have done taken over, the rest annotated and kept."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from kcsp_nlp.batch.crew import Crew
from kcsp_nlp.batch.earlier import Earlier, taken_over
from kcsp_nlp.batch.folder import RunFolder
from kcsp_nlp.batch.planning import plan
from kcsp_nlp.batch.scheduling import annotate_in_order
from kcsp_nlp.batch.setup import Loads
from kcsp_nlp.batch.shards import Done, Sealed, Work, keep_shard
from kcsp_nlp.storage.places import Place


class Run:
    """A run of many files, whose work lies in a folder until it is joined.

    Attributes:
        journals: What was kept of its shards, in order, as far as it has come.
        workers: Number of processes at most.
        nodes: Number of machines.
    """

    nodes = 1

    def __init__(
        self,
        folder: RunFolder,
        setup: Loads,
        identity: str,
        *,
        workers: int,
        explain: bool = False,
    ) -> None:
        """Prepare it.

        Args:
            folder: Where its work goes, and that of earlier runs is found.
            setup: What the annotator is made of.
            identity: Digest of all that records depend on besides the files.
            workers: Number of processes at most; 0 works in this one.
            explain: Whether records say what speaks for their topics.
        """
        self._folder = folder
        self._identity = identity
        self.workers = workers
        self._crew = Crew(setup, workers=workers, explain=explain)
        self._earlier = Earlier(folder, identity)
        self.journals: list[Sealed] = []

    def annotate(self, places: Sequence[Place]) -> Generator[Done]:
        """Annotate files, and yield what became of each, in order, once it is kept.

        Raises:
            KcspError: the model cannot be loaded.
            OSError: the folder cannot be written.
        """
        folder = self._folder
        asked = (taken_over(place, self._earlier.find(place)) for place in places)
        with self._crew:
            results = annotate_in_order(asked, self._crew)
            try:
                for shard in plan(places):
                    work = Work(shard, *folder.begin(shard.key), self._identity)
                    self.journals.append((yield from keep_shard(work, results)))
                    folder.end(shard.key, self.journals[-1].stem, work.stem)
            finally:
                results.close()
