"""Events are numbered, stamped and passed on, and nothing stands behind a gap."""

import pytest

from reev_runner.journal import Journal
from reev_types.errors import StorageError
from reev_types.events import RunEnded


def ended(**fields):
    return RunEnded(status="error", run_hash="", **fields)


def test_an_event_is_passed_on_before_it_counts(still_clock):
    passed_on = []
    journal = Journal(still_clock, passed_on.append)
    still_clock.seconds += 1.5
    journal.append(ended(), pages=3)
    assert journal.events == tuple(passed_on)
    assert (passed_on[0].seq, passed_on[0].timing) == (0, {"elapsed_ms": 1_500.0, "pages": 3})


def test_a_journal_that_goes_on_counts_and_measures_from_where_it_was(still_clock):
    past = [ended(timing={"elapsed_ms": 250.0})]
    journal = Journal(still_clock, past=past)
    journal.append(ended())
    assert [(event.seq, event.timing["elapsed_ms"]) for event in journal.events] == [(0, 250.0), (1, 250.0)]


def test_once_an_event_could_not_be_written_none_is(still_clock):
    written = []

    def full(event):
        written.append(event)
        if len(written) == 2:
            raise StorageError("cannot_write", "the disk is full")

    journal = Journal(still_clock, full)
    journal.append(ended())
    for _ in range(2):
        with pytest.raises(StorageError, match="the disk is full"):
            journal.append(ended())
    assert (len(journal.events), len(written)) == (1, 2)
