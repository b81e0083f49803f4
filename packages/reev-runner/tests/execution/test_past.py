"""The journal of an interrupted flow tells where it was, without any chain."""

import pytest

from reev_runner.execution._past import read_past
from reev_types.chain import TransactionOutcome
from reev_types.events import (
    StepEnded,
    StepStarted,
    ToolCalled,
    ToolReturned,
    TransactionReturned,
    TransactionSent,
)
from reev_types.recovery import FailureClass, StepFailure, StepPart
from reev_types.recovery_events import (
    AttemptFailed,
    FlowAborted,
    RecoveryDecided,
    RecoveryEnded,
    RolledBack,
    StepCompensated,
    TimePassed,
)
from reev_types.tools import Observed, Refused

STEP = {"step_id": "step_1"}
HALVES = tuple(StepPart(part_id=f"step_1_part_{number}") for number in (1, 2))


def started(attempt=1, part_id=None):
    return StepStarted(**STEP, description="", critical=True, prompt="", attempt=attempt, part_id=part_id)


def called(call_id="1", tool="sol_transfer"):
    return ToolCalled(**STEP, call_id=call_id, tool=tool, arguments={})


def sent(signature="s", call_id="1"):
    return TransactionSent(**STEP, call_id=call_id, signature=signature, raw=b"", instructions=())


def returned(signature="s", call_id="1", *, landed=True):
    outcome = TransactionOutcome(signature=signature, slot=1, landed=landed)
    return TransactionReturned(**STEP, call_id=call_id, outcome=outcome)


def failed(attempt=1, part_id="step_1"):
    failure = StepFailure(**STEP, attempt=attempt, code="timeout", failure_class=FailureClass.TIMEOUT)
    return AttemptFailed(**STEP, part_id=part_id, failure=failure)


def ended(**fields):
    return StepEnded(**STEP, critical=True, status="succeeded", **fields)


def attempting(*parts):
    return RecoveryDecided(**STEP, strategy="alternative_flow", decision="attempt", parts=parts)


def interrupted(*events):
    return read_past(events).interrupted()


def test_a_flow_between_steps_was_not_interrupted_in_one():
    assert interrupted() is None
    assert interrupted(started(), ended()) is None


def test_the_step_that_was_under_way_is_the_one_that_did_not_end():
    found = interrupted(started(2))
    assert (found.step_id, found.attempts, found.failure.code) == ("step_1", 2, "interrupted")
    assert not found.is_between_attempts


def test_an_attempt_that_had_failed_is_the_newest_failure():
    found = interrupted(started(), failed())
    assert (found.failure.code, found.is_between_attempts) == ("timeout", True)


def test_an_attempt_after_the_failure_is_under_way():
    found = interrupted(started(), failed(), started(2))
    assert (found.failure.code, found.failure.attempt, found.is_between_attempts) == ("interrupted", 2, False)


def test_an_attempt_that_never_began_counts():
    assert interrupted(failed(attempt=1)).attempts == 1


def test_what_was_sent_belongs_to_the_call_that_was_made_last_under_its_id():
    past = read_past([started(), called(), sent("a"), called(), sent("b"), returned("b"), returned("a", landed=False)])
    first, second = past.calls["step_1"]
    assert (first.done, second.done.signature) == (None, "b")
    assert past.unanswered == {}


def test_what_was_not_answered_is_still_to_be_asked_about():
    past = read_past([started(), called(), sent("a")])
    assert list(past.unanswered) == ["a"]
    assert past.senders["a"].call.tool == "sol_transfer"


@pytest.mark.parametrize(
    ("result", "reads"), [(Observed(data={}), {"jupiter_earn"}), (Refused(code="", message=""), set())]
)
def test_what_was_read_counts_for_the_verdict(result, reads):
    events = [started(), called(tool="jupiter_earn"), ToolReturned(**STEP, call_id="1", result=result)]
    assert read_past(events).reads == reads


def test_a_call_that_was_only_repeated_is_no_call_of_its_own():
    repeated = ToolReturned(**STEP, call_id="1", result=Observed(data={}), repeated=True)
    assert read_past([started(), called(), started(2), called(), repeated]).calls["step_1"] == [
        read_past([started(), called()]).calls["step_1"][0]
    ]


def test_a_part_that_may_have_landed_is_what_goes_on():
    found = interrupted(started(), failed(), attempting(*HALVES), started(2, "step_1_part_1"), called(), sent())
    assert found.parts == HALVES


def test_a_part_that_has_landed_keeps_the_rest_in_parts():
    first = [started(2, "step_1_part_1"), called(), sent(), returned()]
    second = [attempting(HALVES[1]), started(3, "step_1_part_2"), failed(3, "step_1_part_2")]
    assert interrupted(started(), failed(), attempting(*HALVES), *first, *second).parts == HALVES[1:]


def test_parts_of_which_nothing_has_landed_leave_the_word_to_recovery():
    events = [started(), failed(), attempting(*HALVES), started(2, "step_1_part_1"), failed(2, "step_1_part_1")]
    found = interrupted(*events)
    assert (found.parts, found.is_between_attempts) == ((), True)


def test_what_had_been_decided_is_known():
    skip = RecoveryDecided(**STEP, strategy="user_fulfillment", decision="skip", reason="person")
    end = RecoveryEnded(**STEP, outcome="skipped", failure_class="timeout", timing={"recovery_ms": 70})
    found = interrupted(started(), failed(), skip, end)
    assert (found.chosen, found.recovered) == (skip, end)
    assert read_past([end]).recovered_ms == 70


def test_time_and_the_end_of_the_flow_are_known():
    past = read_past(
        [
            TimePassed(milliseconds=500, slots=1, seconds=0),
            TimePassed(milliseconds=700, slots=2, seconds=1),
            FlowAborted(**STEP, reason="step_failed", on_abort="rollback"),
            RolledBack(hash_before_flow="a", hash_now="a"),
            StepCompensated(**STEP, by_step=None, reason="irreversible"),
            StepCompensated(**STEP, by_step="undo_step_1"),
        ]
    )
    assert (past.waited_ms, past.aborted, past.rolled_back, past.compensated) == (1_200, True, True, 2)
