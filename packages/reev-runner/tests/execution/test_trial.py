from decimal import Decimal

import pytest

from reev_agent.adversaries import does_nothing, lies
from reev_orchestrator import TemplateRenderer
from reev_runner.execution import TrialRunner, choose_agent, embedded_sandbox
from reev_runner.execution._reference import References
from reev_runner.journal import fold
from reev_tools.jupiter import JupiterServiceError
from reev_tools.jupiter.sandbox import SandboxJupiter
from reev_types.agents import GaveUp
from reev_types.amounts import ExactAmount
from reev_types.assertions import MultiPoolDiversification, SolBalance
from reev_types.benchmarks import USER_WALLET
from reev_types.errors import ChainError, StorageError, UsageError
from reev_types.events import (
    RunEnded,
    RunJudged,
    RunStarted,
    ToolCalled,
    ToolReturned,
    TransactionReturned,
    TransactionSent,
    WorldPrepared,
)
from reev_types.intents import BalancesIntent
from reev_types.tokens import find_token


async def test_a_journal_tells_the_whole_story_in_order(run_trial, two_payments):
    events = await run_trial(two_payments)
    call = ["tool_called", "transaction_sent", "transaction_returned", "tool_returned"]
    step = ["step_started", *call, "step_ended"]
    assert [event.type for event in events] == [
        "run_started",
        "world_prepared",
        *step,
        *step,
        "run_judged",
        "run_ended",
    ]
    assert [event.seq for event in events] == list(range(len(events)))


async def test_a_transaction_stands_in_the_journal_before_its_fate(run_trial, two_payments):
    events = await run_trial(two_payments)
    sent = [event for event in events if isinstance(event, TransactionSent)]
    returned = [event for event in events if isinstance(event, TransactionReturned)]
    assert [event.signature for event in sent] == [event.outcome.signature for event in returned]
    assert sent[0].instructions[0].arguments["amount"] == "0.1 SOL"


async def test_calls_and_results_share_their_id(run_trial, two_payments):
    events = await run_trial(two_payments)
    called = [event.call_id for event in events if isinstance(event, ToolCalled)]
    assert called == [event.call_id for event in events if isinstance(event, ToolReturned)] == ["step_1.1", "step_2.1"]


async def test_equal_runs_have_equal_journals_outside_timing(run_trial, two_payments):
    def told(events):
        return [event.model_dump(exclude={"timing"}) for event in events]

    assert told(await run_trial(two_payments)) == told(await run_trial(two_payments))


async def test_another_seed_gives_other_wallets_and_another_hash(run_trial, two_payments):
    runs = [await run_trial(two_payments, seed=seed) for seed in (0, 1)]
    wallets = {account.address for events in runs for account in _world(events).accounts if account.name == USER_WALLET}
    assert len(wallets) == 2
    assert len({fold(events).run_hash for events in runs}) == 2


def _world(events) -> WorldPrepared:
    return next(event for event in events if isinstance(event, WorldPrepared))


async def test_an_agent_never_sees_ground_truth_or_reference(run_trial, two_payments):
    seen = []

    class Curious:
        name = "curious"

        async def run_step(self, request, tools):
            seen.append(request.model_dump_json() + "".join(spec.model_dump_json() for spec in tools.specs()))
            from reev_types.agents import Completed

            return Completed()

    await run_trial(two_payments, Curious())
    assert seen
    assert all("1300000000" not in text and "expected" not in text and "reference" not in text for text in seen)


async def test_a_case_without_reference_fails_the_deterministic_agent_with_that_reason(run_trial, two_payments):
    case = two_payments.model_copy(update={"reference": None})
    result = fold(await run_trial(case))
    assert result.status == "failed"
    assert result.judgement is not None
    assert "no_reference" in result.judgement.reasons


async def test_a_chain_that_fails_ends_the_run_as_an_error(run_trial, two_payments, sandbox, monkeypatch):
    def broken(*args, **kwargs):
        raise ChainError("vm_failed", "the VM broke down")

    monkeypatch.setattr(sandbox._vm, "execute", broken)
    events = await run_trial(two_payments)
    assert isinstance(events[-1], RunEnded)
    result = fold(events)
    assert (result.status, result.judgement) == ("error", None)
    assert result.flow.error_message == "the VM broke down [vm_failed]"


async def test_a_market_that_fails_ends_the_run_as_an_error(run_trial, two_payments, monkeypatch):
    async def unavailable(*args):
        raise JupiterServiceError("vault_out_of_order", "the vault gives no answer")

    monkeypatch.setattr(SandboxJupiter, "lend_positions", unavailable)
    pools = MultiPoolDiversification(pubkey=USER_WALLET, min_pools=1)
    truth = two_payments.ground_truth.model_copy(update={"assertions": (pools,)})
    result = fold(await run_trial(two_payments.model_copy(update={"ground_truth": truth})))
    assert (result.status, result.judgement) == ("error", None)
    assert result.flow.error_message == "the vault gives no answer [vault_out_of_order]"


async def test_a_journal_that_cannot_be_written_is_no_verdict_on_the_agent(still_clock, two_payments):
    def full(event):
        if isinstance(event, TransactionSent):
            raise StorageError("cannot_write", "the disk is full")

    runner = TrialRunner(embedded_sandbox, still_clock, TemplateRenderer())
    with pytest.raises(StorageError, match="the disk is full"):
        await runner.run(two_payments, choose_agent("deterministic"), 0, sink=full)


async def test_an_agent_is_told_the_prices_of_its_market(run_trial, two_payments):
    told = []

    class Curious:
        name = "curious"

        async def run_step(self, request, tools):
            told.append(request.context.wallet_context.token_prices)
            return GaveUp(code="curious", reason="")

    for market in ("default", "depeg"):
        await run_trial(two_payments.model_copy(update={"market": market}), Curious())
    assert [prices[find_token("USDT").mint] for prices in told] == [Decimal("1.0002"), Decimal("0.92")]


async def test_another_market_is_another_run(run_trial, two_payments):
    runs = [await run_trial(two_payments.model_copy(update={"market": name})) for name in ("default", "depeg")]
    assert len({events[0].market_hash for events in runs}) == 2
    assert len({fold(events).run_hash for events in runs}) == 2


@pytest.fixture
def counted_references(still_clock, monkeypatch):
    """A runner, and the seeds for which it carried a reference out."""
    runner = TrialRunner(embedded_sandbox, still_clock, TemplateRenderer())
    ran = []
    real = References._run

    async def counted(references, case, seed):
        ran.append(seed)
        return await real(references, case, seed)

    monkeypatch.setattr(References, "_run", counted)
    return runner, ran


async def test_a_repeated_case_and_seed_share_the_run_of_the_reference(counted_references, two_payments):
    runner, ran = counted_references
    for seed in (0, 0, 1):
        await runner.run(two_payments, choose_agent("does_nothing"), seed)
    assert ran == [0, 1]


async def test_a_changed_case_is_judged_by_its_own_reference(counted_references, two_payments):
    runner, ran = counted_references
    more = two_payments.model_copy(update={"reference": (*two_payments.reference[:1], two_payments.reference[0])})
    for case in (two_payments, more):
        await runner.run(case, choose_agent("deterministic"), 0)
    assert ran == [0, 0]


async def test_a_reference_that_cannot_be_carried_out_fails_the_run(run_trial, two_payments):
    dear = two_payments.reference[0][0].model_copy(update={"amount": ExactAmount(raw=10**18)})
    steps = (two_payments.steps[0], two_payments.steps[1].model_copy(update={"critical": False, "depends_on": ()}))
    case = two_payments.model_copy(update={"steps": steps, "reference": (two_payments.reference[0], (dear,))})
    result = fold(await run_trial(case))
    assert result.judgement is not None
    assert "reference_failed" in result.judgement.reasons


async def test_an_answer_without_reading_is_made_up(run_trial, two_payments):
    steps = (two_payments.steps[0],)
    truth = two_payments.ground_truth.model_copy(
        update={"assertions": (SolBalance(pubkey=USER_WALLET, expected=10**9),)}
    )
    case = two_payments.model_copy(update={"steps": steps, "reference": ((BalancesIntent(),),), "ground_truth": truth})
    assert fold(await run_trial(case)).status == "passed"
    assert fold(await run_trial(case, lies())).status == "failed"


async def test_the_first_event_names_everything_that_a_repetition_needs(run_trial, two_payments, sandbox):
    started = (await run_trial(two_payments, seed=7))[0]
    assert isinstance(started, RunStarted)
    assert (started.seed, started.agent, started.market_hash) == (7, "deterministic", sandbox.identity)
    assert started.benchmark_hash == two_payments.content_hash


async def test_the_verdict_is_an_event(run_trial, two_payments):
    events = await run_trial(two_payments)
    judged = [event for event in events if isinstance(event, RunJudged)]
    assert [event.judgement.passed for event in judged] == [True]


def test_an_unknown_agent_is_an_error_that_lists_the_known_ones():
    with pytest.raises(UsageError, match="known are deterministic, does_nothing, refuses") as caught:
        choose_agent("deterministc")
    assert caught.value.suggestions == ("--agent deterministic",)


def repeat_of(events):
    return events[0].timing.get("repeat")


async def test_a_run_remembers_how_it_is_repeated_where_its_agent_does_not_tell(run_trial, two_payments, paying):
    assert repeat_of(await run_trial(two_payments)) is None
    assert repeat_of(await run_trial(two_payments, paying)) == ["--agent", paying]
    assert repeat_of(await run_trial(two_payments, does_nothing())) == []
