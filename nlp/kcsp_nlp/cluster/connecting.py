"""The way to a Ray cluster: that of RAY_ADDRESS, one that runs on this machine, else a new one."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import ray
from ray.exceptions import RayError

from kcsp_nlp.errors import KcspError


@contextmanager
def connected() -> Iterator[None]:
    """Be connected to a cluster; a new one, of this machine alone, ends with the `with`.

    Nothing goes to standard output meanwhile: Ray prints the logs of a machine that is lost.

    Raises:
        KcspError: there is no way to the cluster.
    """
    # A new cluster would report its use to Ray's makers.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    terminate = signal.getsignal(signal.SIGTERM)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        _connect()
        try:
            if threading.current_thread() is threading.main_thread():
                signal.signal(signal.SIGTERM, terminate)  # Ray has put its own in the place
            yield
        except RayError as error:
            raise KcspError(
                f"found that the Ray cluster is gone ({type(error).__name__}), expected it to "
                "stay; start it again and run again with --resume"
            ) from error
        finally:
            ray.shutdown()


def _connect() -> None:
    if "RAY_ADDRESS" in os.environ:
        # One try, which takes half a minute; Ray would make twenty.
        os.environ.setdefault("RAY_gcs_server_port_wait_time_s", "1")
    try:
        # Lines of the machines' logs would mix with what is said on standard error.
        ray.init(log_to_driver=False, logging_level=logging.CRITICAL, include_dashboard=False)
    except (OSError, RuntimeError, ValueError) as error:
        address = os.environ.get("RAY_ADDRESS", "this machine")
        raise KcspError(
            f"{address}: found no Ray cluster ({_first_line(error)}), expected one; start it with "
            "`ray start --head`, or set RAY_ADDRESS"
        ) from error


def cores() -> int:
    """Return the number of cores that the cluster has now, at least one."""
    resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
    return max(1, int(resources.get("CPU", 0)))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
