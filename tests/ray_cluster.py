"""A Ray cluster of several nodes on this machine, for tests; each could be a machine.

A module of tests that says `pytest_plugins = ["ray_cluster", "s3_server"]` has the fixture
`cluster`.
"""

from __future__ import annotations

import gc
import signal
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_HERE = str(Path(__file__).parent)
_STORE = 80_000_000  # bytes of shared memory of a node; more than enough, and less than usual


class Nodes:
    """The nodes; the first, where nothing is annotated, knows the others.

    Attributes:
        address: What RAY_ADDRESS is to be.
        size: How many annotate.
    """

    size = 3

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        head = {"num_cpus": 0, "include_dashboard": False, "object_store_memory": _STORE}
        self._cluster: Any = Cluster(initialize_head=True, head_node_args=head)
        self.address: str = self._cluster.address
        self._nodes: list[Any] = []
        self._lost: list[Any] = []
        self.fill()

    def fill(self) -> None:
        """Have as many nodes as there were."""
        while len(self._nodes) < self.size:
            node = self._cluster.add_node(num_cpus=1, object_store_memory=_STORE)
            self._nodes.append(node)

    def kill(self) -> None:
        """Kill a node with all that runs on it, as a power cut does."""
        self._lost.append(self._nodes.pop(0))
        self._cluster.remove_node(self._lost[-1], allow_graceful=False)

    def close(self) -> None:
        """End all of them."""
        self._cluster.shutdown()
        with warnings.catch_warnings():
            # Ray leaves processes and log files to the garbage collector.
            warnings.simplefilter("ignore", ResourceWarning)
            self._lost.clear()
            self._nodes.clear()
            self._cluster = None
            gc.collect()


@pytest.fixture(scope="module")
def nodes(s3_endpoint: str) -> Iterator[Nodes]:
    pytest.importorskip("ray", reason="needs Ray: pip install 'kcsp-nlp[ray]'")
    from s3_server import environment_of

    with pytest.MonkeyPatch.context() as patch:
        # The nodes keep what they are started with.
        for name, value in environment_of(s3_endpoint).items():
            patch.setenv(name, value)
        patch.setenv("PYTHONPATH", _HERE)  # there the actors find `trying_annotator`
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.delenv("RAY_ADDRESS", raising=False)
        terminate = signal.getsignal(signal.SIGTERM)
        started = Nodes()
        signal.signal(signal.SIGTERM, terminate)  # Ray has put its own in the place
        try:
            yield started
        finally:
            started.close()


@pytest.fixture
def cluster(nodes: Nodes, monkeypatch: pytest.MonkeyPatch) -> Nodes:
    """Give the cluster with all its nodes, which programs that are started now find."""
    nodes.fill()
    monkeypatch.setenv("RAY_ADDRESS", nodes.address)
    monkeypatch.setenv("PYTHONPATH", _HERE)
    return nodes
