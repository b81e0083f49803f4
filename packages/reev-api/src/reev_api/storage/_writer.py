"""The one thread that writes: whatever waits is committed together."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from reev_types.errors import StorageError

__all__ = ["Writer", "database_failed"]

T = TypeVar("T")
_TOGETHER = 256


class _Task(NamedTuple):
    work: Callable[[Connection], Any]
    done: Future[Any]


class Writer:
    """Carries writes out in the order in which they are handed in; each is committed when its future says so.

    A write must be able to run again: where one of those that are committed together fails, all run anew, each alone.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(writes=True)
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._put_off: deque[_Task] = deque()
        self._thread = threading.Thread(target=self._work, name="reev-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], T]) -> Future[T]:
        """Have ``work`` done; its exception, or StorageError, is the future's."""
        task = _Task(work, Future())
        self._tasks.put(task)
        return task.done

    def put_off(self, work: Callable[[Connection], T]) -> Future[T]:
        """Have ``work`` done with the next one that is submitted, and before it."""
        task = _Task(work, Future())
        self._put_off.append(task)
        return task.done

    def close(self) -> None:
        """Return when everything that was handed in is done."""
        self._tasks.put(None)
        self._thread.join()

    def _work(self) -> None:
        is_open = True
        while is_open:
            tasks, is_open = self._waiting()
            tasks[:0] = [self._put_off.popleft() for _ in range(len(self._put_off))]
            if tasks:
                self._carry_out(tasks)

    def _waiting(self) -> tuple[list[_Task], bool]:
        """Wait for a task and return it with those behind it, and whether there may be more."""
        tasks: list[_Task] = []
        task = self._tasks.get()
        while task is not None:
            tasks.append(task)
            if len(tasks) == _TOGETHER or self._tasks.empty():
                return tasks, True
            task = self._tasks.get()
        return tasks, False

    def _carry_out(self, tasks: Sequence[_Task]) -> None:
        try:
            with self._engine.begin() as connection:
                values = [task.work(connection) for task in tasks]
        except Exception as error:
            if len(tasks) == 1:
                tasks[0].done.set_exception(database_failed(error) if isinstance(error, SQLAlchemyError) else error)
            else:
                for task in tasks:
                    self._carry_out((task,))
            return
        for task, value in zip(tasks, values, strict=True):
            task.done.set_result(value)


def database_failed(error: SQLAlchemyError) -> StorageError:
    """Return what is said of an error of the database: its kind, and nothing of what was stored."""
    kind = type(getattr(error, "orig", None) or error).__name__
    return StorageError("database_failed", f"the database failed: {kind}")
