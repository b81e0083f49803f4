"""What people see while a suite runs: a moving line on a terminal, one plain line for each outcome elsewhere."""

from __future__ import annotations

from contextlib import suppress
from types import TracebackType
from typing import IO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from reev_runner.suite import Outcome, SilentObserver, Trial
from reev_types.events import Event, StepStarted, ToolCalled
from reev_types.recovery_events import QuestionAnswered, QuestionAsked, RecoveryDecided

from ._plain import outcome_line
from ._recovery import decision_text
from ._text import one_line

__all__ = ["LiveProgress", "PlainProgress"]


class PlainProgress(SilentObserver):
    """Prints each outcome as soon as it is durable.

    A stream that takes no more, such as a pipe that its reader closed, is no reason to stop the suite: whoever
    prints the report on it will learn of that.
    """

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def finished(self, outcome: Outcome) -> None:
        """Print the outcome."""
        with suppress(OSError):
            self._stream.write(f"{outcome_line(outcome)}\n")
            self._stream.flush()


class LiveProgress(SilentObserver):
    """Shows on a terminal how far a suite is and what the agent is doing; leaves nothing behind."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            MofNCompleteColumn(),
            BarColumn(bar_width=24),
            TextColumn("{task.description}", markup=False),
            console=console,
            transient=True,
        )
        self._task = self._progress.add_task("", total=None)
        self._not_passed = 0

    def __enter__(self) -> LiveProgress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._progress.stop()

    def started(self, total: int) -> None:
        """Begin to show how many of ``total`` are done."""
        self._progress.update(self._task, total=total)
        self._progress.start()

    def trial_started(self, benchmark_id: str) -> None:
        """Name the benchmark."""
        self._describe(benchmark_id)

    def event(self, benchmark_id: str, event: Event) -> None:
        """Name the step, the tool, or what recovery does; while a person is asked, the terminal is theirs."""
        match event:
            case StepStarted(step_id=step_id, attempt=attempt):
                again = f" · attempt {attempt}" if attempt > 1 else ""
                self._describe(f"{benchmark_id} · {step_id}{again}")
            case ToolCalled(step_id=step_id, tool=tool):
                self._describe(f"{benchmark_id} · {step_id} · {tool}")
            case RecoveryDecided(step_id=step_id, strategy=strategy):
                self._describe(f"{benchmark_id} · {step_id} · {strategy} {decision_text(event)}")
            case QuestionAsked():
                self._progress.stop()
            case QuestionAnswered():
                self._progress.start()
            case _:
                pass

    def finished(self, outcome: Outcome) -> None:
        """Count it."""
        if not (isinstance(outcome, Trial) and outcome.result.status == "passed"):
            self._not_passed += 1
        self._progress.advance(self._task)

    def _describe(self, doing: str) -> None:
        bad = f"{self._not_passed} not passed · " if self._not_passed else ""
        self._progress.update(self._task, description=one_line(f"{bad}{doing}", 80))
