import pytest

from reev_runner.journal import run_hash
from reev_types.agents import GaveUp
from reev_types.events import RunStarted, StepEnded, StepStarted, TransactionReturned, TransactionSent
from reev_types.recovery_events import RolledBack


def with_change(events, kind, **fields):
    """Return the events with other fields in the first of a kind."""
    changed = list(events)
    index = next(index for index, event in enumerate(events) if isinstance(event, kind))
    changed[index] = changed[index].model_copy(update=fields)
    return changed


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (RunStarted, {"seed": 1}),
        (RunStarted, {"agent": "other"}),
        (RunStarted, {"sol_reserve_lamports": 1}),
        (RunStarted, {"market_hash": "other"}),
        (RunStarted, {"benchmark_hash": "other"}),
        (TransactionSent, {"raw": b"other"}),
        (StepEnded, {"status": "failed"}),
        (StepEnded, {"outcome": GaveUp(code="tired", reason="")}),
        (StepEnded, {"outcome": None}),
    ],
)
async def test_whatever_makes_a_run_another_changes_its_hash(run_trial, two_payments, kind, fields):
    events = await run_trial(two_payments)
    assert run_hash(with_change(events, kind, **fields)) != run_hash(events)


@pytest.mark.parametrize(("field", "other"), [("logs", ()), ("compute_units", 1), ("changes", ())])
async def test_what_transactions_did_is_part_of_the_hash(run_trial, two_payments, field, other):
    events = await run_trial(two_payments)
    changed = [
        event.model_copy(update={"outcome": event.outcome.model_copy(update={field: other})})
        if isinstance(event, TransactionReturned)
        else event
        for event in events
    ]
    assert run_hash(changed) != run_hash(events)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [(RunStarted, {"timing": {"session_id": "other"}}), (StepStarted, {"prompt": "reworded"})],
)
async def test_time_ids_and_wording_do_not_enter_the_hash(run_trial, two_payments, kind, fields):
    events = await run_trial(two_payments)
    assert run_hash(with_change(events, kind, **fields)) == run_hash(events)


async def test_the_usual_reserve_is_no_part_of_the_hash(run_trial, two_payments):
    events = await run_trial(two_payments)
    older = RunStarted.model_validate(events[0].model_dump(exclude={"sol_reserve_lamports"}))
    assert run_hash([older, *events[1:]]) == run_hash(events)


async def test_a_rollback_is_part_of_the_hash_and_leaves_the_first_balances(run_trial, two_payments):
    events = await run_trial(two_payments)
    rolled_back = [RolledBack(hash_before_flow="a", hash_now=now) for now in ("a", "b")]
    hashes = {run_hash(events), *(run_hash([*events, each]) for each in rolled_back)}
    assert len(hashes) == 3
