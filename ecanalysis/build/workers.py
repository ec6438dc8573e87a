"""A process a task, forked from one that has already imported everything the tasks need.

The standard library's process pool either keeps state from one task to the next or breaks as a whole when a worker is
killed. This executor gives every task a fresh process for the price of a fork, notices its death, and stops it when its
time is over; the other tasks never hear of it.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

MEMORY = 6 * 2**30
_START = threading.Lock()
_parent: Connection | None = None


class WorkerDied(RuntimeError):
    """A worker ended without a result: killed, out of time, out of memory, or left by ``os._exit``."""


def available() -> bool:
    """Say whether processes can be forked from a preloaded one on this system."""
    return "forkserver" in multiprocessing.get_all_start_methods()


def report(position: str) -> None:
    """Tell the coordinator, from inside a task, how far it is: should the process die, this is what it died in."""
    if _parent is not None:
        _parent.send(("at", position))


class ForkExecutor(ThreadPoolExecutor):
    """Run each task in a process of its own, forked from a preloaded server; a thread watches over each.

    Parameters
    ----------
    max_workers : int
        Processes at a time.
    preload : str
        Module the server imports before it forks.
    seconds : float
        After how long a process is killed.
    """

    def __init__(self, max_workers: int, preload: str, seconds: float) -> None:
        super().__init__(max_workers=max_workers)
        # Numerical libraries start threads on import, and threads do not survive a fork.
        for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
            os.environ.setdefault(name, "1")
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([preload])
        _start_server()
        self._seconds = seconds
        self._running: set[Any] = set()
        self._over = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue a task; its exception, or :class:`WorkerDied`, comes out of the future."""
        return super().submit(self._run, fn, args, kwargs)

    def _run(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_task, args=(theirs, fn, args, kwargs), daemon=True)
        with _START:
            process.start()
            self._running.add(process)
            if self._over:  # left while this process was waiting for the server
                process.kill()
        theirs.close()
        try:
            return cast("T", self._result(process, ours))
        finally:
            self._running.discard(process)
            if process.is_alive():
                process.kill()
            process.join()
            ours.close()

    def _result(self, process: Any, connection: Connection) -> Any:
        position = ""
        ends = threading.Event()

        def end() -> None:
            ends.set()
            process.kill()

        timer = threading.Timer(self._seconds, end)
        timer.daemon = True
        timer.start()
        try:
            while True:
                kind, value = connection.recv()
                if kind == "at":
                    position = value
                elif kind == "done":
                    return value
                else:
                    raise value
        except (EOFError, ConnectionResetError):
            process.join()
            place = f" in {position}" if position else ""
            if ends.is_set():
                raise WorkerDied(f"still running after {self._seconds:.0f} s{place}") from None
            raise WorkerDied(f"the process ended{place} with {_exit(process.exitcode)}") from None
        finally:
            timer.cancel()

    def __exit__(self, *raised: object) -> None:
        """Kill what runs and drop what waits."""
        self._over = True
        self.shutdown(wait=False, cancel_futures=True)
        for process in list(self._running):
            process.kill()


def _start_server() -> None:
    """Start what workers are forked from; it imports while the caller goes on.

    Ctrl-C in a terminal reaches every process, but is for the coordinator, which ends its workers itself: the server
    and they inherit that they do not listen, from their first moment on. The resource tracker would be started with the
    server and have it listen again.
    """
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _exit(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"status {code}"


def _task(connection: Connection, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    global _parent
    _parent = connection
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard), hard))
    try:
        message: tuple[str, Any] = ("done", fn(*args, **kwargs))
    except BaseException as error:
        message = ("raised", RuntimeError(f"{type(error).__name__}: {error}"))
    connection.send(message)
    connection.close()
