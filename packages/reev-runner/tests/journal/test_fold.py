import pytest

from reev_runner.journal import fold
from reev_runner.system import SystemClock
from reev_types.errors import StorageError
from reev_types.recovery_events import FlowResumed, RecoveryEnded


async def test_a_result_is_derived_from_the_events_alone(run_trial, two_payments):
    result = fold(await run_trial(two_payments))
    assert (result.benchmark_id, result.status, result.seed) == ("900-two-payments", "passed", 0)
    assert result.flow.metrics.model_dump() == {
        "successful_steps": 2,
        "failed_steps": 0,
        "skipped_steps": 0,
        "critical_failures": 0,
        "total_tool_calls": 2,
        "transactions": 2,
        "failed_transactions": 0,
        "fee_lamports": 10_000,
        "compute_units": 300,
        "model_usage": None,
    }
    assert [step.tool_calls for step in result.flow.step_results] == [("sol_transfer",), ("sol_transfer",)]


async def test_a_journal_without_its_beginning_is_refused(run_trial, two_payments):
    events = await run_trial(two_payments)
    with pytest.raises(StorageError) as caught:
        fold(events[1:])
    assert caught.value.code == "incomplete_journal"


async def test_an_interrupted_run_is_an_error_that_keeps_what_happened(run_trial, two_payments):
    events = await run_trial(two_payments)
    result = fold(events[:8])
    assert (result.status, result.judgement) == ("error", None)
    assert "interrupted" in (result.flow.error_message or "")
    assert [step.status for step in result.flow.step_results] == ["succeeded"]


async def test_times_that_are_no_times_count_as_nothing(run_trial, two_payments):
    events = [event.model_copy(update={"timing": {"elapsed_ms": "soon"}}) for event in await run_trial(two_payments)]
    assert fold(events).timing["duration_ms"] == 0


async def test_what_a_model_took_is_told_by_step_and_for_the_run(run_trial, two_payments, paying):
    result = fold(await run_trial(two_payments, paying, clock=SystemClock()))
    steps = [step.model_usage for step in result.flow.step_results]
    whole = result.flow.metrics.model_usage
    assert [usage.model_calls for usage in steps] == [2, 2]
    assert whole.model_calls == 4
    assert whole.input_tokens == sum(usage.input_tokens for usage in steps)
    assert whole.output_tokens == sum(usage.output_tokens for usage in steps)


async def test_a_step_that_was_skipped_asked_no_model(run_trial, two_payments, tmp_path):
    silent = tmp_path / "giving_up.json"
    silent.write_text('[{"tool_calls": [{"name": "refuse", "arguments": {"code": "unsupported", "reason": "no"}}]}]')
    result = fold(await run_trial(two_payments, f"scripted:{silent}", clock=SystemClock()))
    assert [(step.status, step.model_usage is None) for step in result.flow.step_results] == [
        ("failed", False),
        ("skipped", True),
    ]


def attempts_of(events, number):
    """Return the events of a run whose first step took so many attempts."""
    place = next(place for place, event in enumerate(events) if event.type == "step_ended")
    first = [event for event in events[:place] if event.type in ("step_started", "tool_called")]
    more = [
        event.model_copy(update={"attempt": attempt} if event.type == "step_started" else {})
        for attempt in range(2, number + 1)
        for event in first
    ]
    return [*events[:place], *more, *events[place:]]


async def test_a_step_is_told_over_all_of_its_attempts(run_trial, two_payments):
    flow = fold(attempts_of(await run_trial(two_payments), 3)).flow
    assert [step.recovery_attempts for step in flow.step_results] == [2, 0]
    assert [len(step.tool_calls) for step in flow.step_results] == [3, 1]


async def test_what_recovery_came_to_is_part_of_the_result_and_only_where_it_had_work(run_trial, two_payments):
    events = await run_trial(two_payments)
    assert "recovery" not in fold(events).flow.model_dump()
    ended = RecoveryEnded(step_id="step_1", outcome="recovered", strategy="retry", failure_class="timeout")
    assert fold([*events, ended]).flow.recovery.recoveries_by_strategy == {"retry": 1}


async def test_a_run_that_goes_on_after_an_error_has_not_ended_yet(run_trial, two_payments):
    events = await run_trial(two_payments)
    result = fold([*events, FlowResumed(interrupted_at=len(events), replayed=0)])
    assert result.flow.error_message == "the run was interrupted: its journal has no end"
