"""A Ray cluster of several nodes on this machine, for tests; each could be a machine.

A module of tests that says `pytest_plugins = ["ray_cluster"]` has the fixture `cluster`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

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

        # The actors find `trying_annotator` there.
        os.environ["PYTHONPATH"] = str(Path(__file__).parent)
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        head = {"num_cpus": 0, "include_dashboard": False, "object_store_memory": _STORE}
        self._cluster: Any = Cluster(initialize_head=True, head_node_args=head)
        self.address: str = self._cluster.address
        self._nodes: list[Any] = []
        self.fill()

    def fill(self) -> None:
        """Have as many nodes as there were."""
        while len(self._nodes) < self.size:
            node = self._cluster.add_node(num_cpus=1, object_store_memory=_STORE)
            self._nodes.append(node)

    def kill(self) -> None:
        """Kill a node with all that runs on it, as a power cut does."""
        self._cluster.remove_node(self._nodes.pop(0), allow_graceful=False)

    def close(self) -> None:
        """End all of them."""
        self._cluster.shutdown()


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    pytest.importorskip("ray", reason="needs Ray: pip install 'kcsp-nlp[ray]'")
    with pytest.MonkeyPatch.context() as patch:
        # Put back at the end; the nodes keep what they were started with.
        patch.setenv("PYTHONPATH", "")
        patch.setenv("RAY_USAGE_STATS_ENABLED", "")
        patch.delenv("RAY_ADDRESS", raising=False)
        started = Nodes()
        try:
            yield started
        finally:
            started.close()


@pytest.fixture
def cluster(nodes: Nodes, monkeypatch: pytest.MonkeyPatch) -> Nodes:
    """Give the cluster with all its nodes, which programs that are started now find."""
    nodes.fill()
    monkeypatch.setenv("RAY_ADDRESS", nodes.address)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    return nodes
