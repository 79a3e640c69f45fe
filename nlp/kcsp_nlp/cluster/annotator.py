"""What annotates on a machine of the cluster: one shard after the other, in a watched process."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from contextlib import closing

import ray

from kcsp_nlp.batch.crew import Crew
from kcsp_nlp.batch.earlier import taken_over
from kcsp_nlp.batch.identity import Identity
from kcsp_nlp.batch.scheduling import annotate_in_order
from kcsp_nlp.batch.setup import Loads
from kcsp_nlp.batch.shards import keep_shard
from kcsp_nlp.cluster.jobs import Job, Kept, Site
from kcsp_nlp.errors import KcspError
from kcsp_nlp.storage.listing import kind_of
from kcsp_nlp.storage.places import Place


class ShardAnnotator:
    """An actor of Ray; documents are annotated in a process of its own, which it watches."""

    def __init__(self, setup: Loads, identify: Callable[[], Identity], *, explain: bool) -> None:
        """Prepare it; the model is loaded with the first document.

        Args:
            setup: What the annotator is made of, as this machine has it.
            identify: Tells what records depend on here.
            explain: Whether records say what speaks for their topics.
        """
        # Else each process that is started here would first run the program of Ray's workers:
        # two seconds and 60 MB.
        vars(sys.modules["__main__"]).pop("__file__", None)
        self._identify = identify
        self._mark: Place | None = None
        self._crew = Crew(setup, workers=1, explain=explain)

    def look_around(self, mark: Place, identity: Identity) -> Site:
        """Tell whether this machine would give the same records, to the same folder.

        Args:
            mark: A file that lies in the folder while the run is under way.
            identity: What records depend on where the run was begun.
        """
        self._mark = mark
        site = Site(ray.get_runtime_context().get_node_id(), platform.node(), None)
        try:
            if not self._is_under_way():
                return site._replace(problem=f"does not see {mark.parent}")
            differs = _differences(identity, self._identify())
        except (KcspError, OSError) as error:
            return site._replace(problem=f"found {error}")
        return site._replace(problem=f"has another {differs}" if differs else None)

    def annotate(self, job: Job) -> Kept:
        """Annotate a shard, and keep it.

        Raises:
            KcspError: the model cannot be loaded, or the run is over.
            OSError: the shard cannot be kept.
        """
        work = job.work
        if not self._is_under_way():
            # Whoever began it was killed; another run may be writing the same shard.
            raise KcspError("the run is over")
        asked = map(taken_over, work.shard.places, job.earlier)
        with closing(annotate_in_order(asked, self._crew)) as results:
            keeping = keep_shard(work, results)
            files = []
            while True:
                try:
                    files.append(next(keeping))
                except StopIteration as end:
                    return Kept(end.value, tuple(files))

    def _is_under_way(self) -> bool:
        return self._mark is not None and kind_of(self._mark) == "file"


def _differences(wanted: Identity, found: Identity) -> str:
    """Return the names of what records depend on that differ; empty for nothing."""
    mine, theirs = wanted.model_dump(), found.model_dump()
    return ", ".join(sorted(key for key in mine if mine[key] != theirs[key]))
