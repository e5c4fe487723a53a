"""One fresh kernel per job, started so that hundreds in parallel do not get in each other's way.

Over TCP a client picks free ports and closes them before the kernel binds, so parallel runs lose a few kernels; over
ipc with a prefix of its own for every kernel none is lost. Where ipc is missing (Windows, or no folder with a path
short enough for a socket) it is TCP. A start that fails is tried once more.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import KernelManager

import parkbook

SOCKET_PATH_LIMIT: Final = 90
"""Bytes; a socket's path may have about 107 on Linux and 103 on macOS, of which the port's suffix takes some."""

TRANSPORT_VARIABLE: Final = "PARKBOOK_TRANSPORT"
"""Environment variable; `tcp` is for systems whose temporary folder takes no sockets."""


class BatchKernelManager(KernelManager):
    """Starts ipykernel with the interpreter of the batch, whatever `python3` means to the user's Jupyter."""

    client_factory = AsyncKernelClient

    def client(self, **kwargs: Any) -> Any:
        """A client, remembered: nbclient leaves the clients of a kernel that it did not start open."""
        client = super().client(**kwargs)
        self._clients = [*getattr(self, "_clients", []), client]
        return client

    def stop_clients(self) -> None:
        for client in getattr(self, "_clients", []):
            client.stop_channels()

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        return [
            sys.executable,
            "-m",
            "ipykernel_launcher",
            "-f",
            self.connection_file,
            "--HistoryManager.hist_file=:memory:",
            *(extra_arguments or []),
        ]

    def kill(self) -> None:
        """End the kernel at once, from any thread."""
        process = getattr(self.provisioner, "process", None)
        if process is not None:
            with suppress(OSError):
                process.kill()


def ipc_possible() -> bool:
    """Whether this platform's ZeroMQ has ipc, and nobody asked for TCP."""
    return not sys.platform.startswith(("win", "cygwin")) and os.environ.get(TRANSPORT_VARIABLE) != "tcp"


def _short_folder() -> Path:
    """A new temporary folder, for sockets if its path is short: the system's /tmp where TMPDIR is too long."""
    folder = Path(tempfile.mkdtemp(prefix="pbk-"))
    if not ipc_possible() or _fits(folder):
        return folder
    with suppress(OSError):
        shorter = Path(tempfile.mkdtemp(prefix="pbk-", dir="/tmp"))
        shutil.rmtree(folder, ignore_errors=True)
        return shorter
    return folder


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / "k")) <= SOCKET_PATH_LIMIT


_running: dict[BatchKernelManager, Path] = {}
"""The kernels of this process that have not been ended, and their folders."""


@contextmanager
def new_kernel(environment: Mapping[str, str], cwd: Path) -> Iterator[BatchKernelManager]:
    """A running kernel (it may not have answered yet); ended, and its files removed, on leaving."""
    folder = _short_folder()
    manager = BatchKernelManager(kernel_name="python3")
    manager.connection_file = str(folder / "kernel.json")
    if ipc_possible() and _fits(folder):
        manager.transport, manager.ip = "ipc", str(folder / "k")
    _running[manager] = folder
    try:
        with (folder / "kernel.log").open("wb") as log:
            manager.start_kernel(cwd=str(cwd), env=kernel_environment(environment, folder), stdout=log, stderr=log)
            yield manager
    finally:
        with suppress(Exception):
            manager.stop_clients()
        with suppress(Exception):
            manager.shutdown_kernel(now=True)
        with suppress(Exception):
            manager.cleanup_resources()
        _forget(manager)


def _forget(manager: BatchKernelManager) -> None:
    manager.kill()
    shutil.rmtree(_running.pop(manager), ignore_errors=True)


def end_kernels() -> None:
    """End all kernels of this process at once: it is about to end itself."""
    for manager in list(_running):
        _forget(manager)


def kernel_environment(extra: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What every kernel of the batch sees: this parkbook, no display, a fixed hash seed, none of the user's IPython."""
    library = str(Path(parkbook.__file__).resolve().parents[1])
    environment: dict[str, Any] = dict(os.environ)
    environment |= {
        "PYTHONPATH": os.pathsep.join(filter(None, (library, environment.get("PYTHONPATH", "")))),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "MPLBACKEND": "agg",
        "IPYTHONDIR": str(folder / "ipython"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    return environment | dict(extra)
