"""Finished runs to report on: a passed transfer, and a transfer of more than there is that should have been refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from reev_runner.journal import fold
from reev_runner.suite import BadFile, Trial
from reev_types.errors import BenchmarkError, FilePlace
from reev_types.events import Event, read_event

JOURNALS = Path(__file__).parent / "journals"


@pytest.fixture
def journal() -> Callable[[str], Trial]:
    def read(name: str) -> Trial:
        lines = (JOURNALS / f"{name}.jsonl").read_text().splitlines()
        events = tuple(map(read_event, lines))
        return Trial(fold(events), events)

    return read


@pytest.fixture
def passed(journal) -> Trial:
    return journal("001-sol-transfer")


@pytest.fixture
def failed(journal) -> Trial:
    return journal("003-spl-transfer-fail")


@pytest.fixture
def errored(passed) -> Trial:
    """The same run on a chain that gave way after the first step began."""
    ended = passed.events[-1].model_copy(update={"status": "error", "error": "the VM stopped [vm_failed]"})
    events: tuple[Event, ...] = (*passed.events[:3], ended)
    return Trial(fold(events), events)


@pytest.fixture
def bad_file() -> BadFile:
    place = FilePlace("somewhere/broken.yml", 7, 15)
    message = "initial_state[0].lamports: expected an amount of 0 or more, found -1"
    error = BenchmarkError("negative_amount", message, place=place, suggestions=("write 1000000000 for 1 SOL",))
    return BadFile("somewhere/broken.yml", error)


@pytest.fixture
def rendered() -> Callable[..., str]:
    """Return what a function prints on a console without colour, its lines without trailing blanks."""

    def render(write: Callable[[Console], object], width: int = 100) -> str:
        stream = io.StringIO()
        console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
        write(console)
        return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())

    return render
