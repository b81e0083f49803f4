import pytest
from pydantic import ValidationError

from reev_types.events import read_event
from reev_types.recovery_events import RecoveryDecided, RecoveryEnded, TimePassed


@pytest.mark.parametrize(
    "event",
    [
        TimePassed(milliseconds=800, slots=2, seconds=0),
        RecoveryDecided(step_id="swap_1", strategy="retry", decision="wait", wait_ms=750),
    ],
)
def test_an_event_of_recovery_reads_back_among_all_events(event):
    assert read_event(event.model_dump_json()) == event


def test_time_does_not_run_backwards():
    with pytest.raises(ValidationError):
        TimePassed(milliseconds=-1, slots=0, seconds=0)


@pytest.mark.parametrize(
    ("timing", "recovery_ms"), [({"recovery_ms": 1_200}, 1_200), ({}, 0), ({"recovery_ms": "x"}, 0)]
)
def test_how_long_recovery_took_is_part_of_its_timing(timing, recovery_ms):
    ended = RecoveryEnded(step_id="a", outcome="recovered", failure_class="timeout", timing=timing)
    assert ended.recovery_ms == recovery_ms
