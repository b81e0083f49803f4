import pytest

from reev_runner.journal import fold
from reev_types.errors import StorageError


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
    }
    assert [step.tool_calls for step in result.flow.step_results] == [("sol_transfer",), ("sol_transfer",)]


@pytest.mark.parametrize("keep", [slice(0, 0), slice(0, -1), slice(1, None)])
async def test_a_journal_without_beginning_or_end_is_said_to_be_incomplete(run_trial, two_payments, keep):
    events = await run_trial(two_payments)
    with pytest.raises(StorageError) as caught:
        fold(events[keep])
    assert caught.value.code == "incomplete_journal"
