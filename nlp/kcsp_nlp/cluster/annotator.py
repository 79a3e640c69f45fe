"""What annotates on a machine of the cluster: one shard after the other, in a watched process."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path

import ray

from kcsp_nlp.batch.crew import Crew
from kcsp_nlp.batch.earlier import taken_over
from kcsp_nlp.batch.identity import Identity
from kcsp_nlp.batch.scheduling import annotate_in_order
from kcsp_nlp.batch.setup import Loads
from kcsp_nlp.batch.shards import keep_shard
from kcsp_nlp.cluster.jobs import Job, Kept, Site, kept_whole
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

    def look_around(self, folder: Path, sights: Sequence[Place], identity: Identity) -> Site:
        """Go where the run was begun, and tell whether this machine would give the same records.

        Args:
            folder: The working folder, which paths may be relative to.
            sights: What must be seen from here: first the file that lies in the run's folder while
                the run is under way.
            identity: What records depend on where the run was begun.
        """
        site = Site(ray.get_runtime_context().get_node_id(), platform.node(), None)
        try:
            with suppress(OSError):  # where a path is relative, it will not be seen
                os.chdir(folder)
            self._mark = sights[0]
            for sight in sights:
                if kind_of(sight) == "missing":
                    return site._replace(problem=f"does not see {sight.parent}")
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
            return kept_whole(keep_shard(work, results))

    def _is_under_way(self) -> bool:
        return self._mark is not None and kind_of(self._mark) == "file"


def _differences(wanted: Identity, found: Identity) -> str:
    """Return the names of what records depend on that differ; empty for nothing."""
    mine, theirs = wanted.model_dump(), found.model_dump()
    return ", ".join(sorted(key for key in mine if mine[key] != theirs[key]))
