"""What each span tells."""

from reev_agent.adversaries import does_nothing
from reev_runner.journal import fold
from reev_tools.jupiter import JupiterServiceError
from reev_tools.jupiter.sandbox import SandboxJupiter
from reev_types.amounts import ExactAmount
from reev_types.assertions import MultiPoolDiversification
from reev_types.benchmarks import USER_WALLET

BENCHMARK = "benchmark 900-two-payments"


async def test_a_benchmark_tells_who_ran_it_and_what_came_of_it(run_traced, run_trial, two_payments):
    span = (await run_traced(two_payments, seed=2**64 - 1)).one(BENCHMARK)
    assert dict(span.attributes) == {
        "reev.benchmark_id": "900-two-payments",
        "gen_ai.agent.name": "deterministic",
        "reev.seed": "18446744073709551615",
        "reev.status": "passed",
        "reev.score": 1.0,
        "reev.run_hash": fold(await run_trial(two_payments, seed=2**64 - 1)).run_hash,
    }


async def test_the_verdict_is_an_event_of_the_conventions(run_traced, two_payments):
    (event,) = (await run_traced(two_payments)).one(BENCHMARK).events
    assert event.name == "gen_ai.evaluation.result"
    assert dict(event.attributes) == {
        "gen_ai.evaluation.name": "reev.score",
        "gen_ai.evaluation.score.value": 1.0,
        "gen_ai.evaluation.score.label": "pass",
    }


async def test_a_failed_benchmark_explains_itself_and_is_no_error(run_traced, two_payments):
    span = (await run_traced(two_payments, does_nothing())).one(BENCHMARK)
    (event,) = span.events
    assert event.attributes["gen_ai.evaluation.score.label"] == "fail"
    assert event.attributes["gen_ai.evaluation.explanation"] == "did_nothing, score_below_minimum"
    assert span.attributes["reev.status"] == "failed"
    assert span.status.status_code.name == "UNSET"


async def test_a_run_that_breaks_off_is_an_error_without_a_verdict(run_traced, two_payments, monkeypatch):
    async def unavailable(*args):
        raise JupiterServiceError("vault_out_of_order", "the vault gives no answer")

    monkeypatch.setattr(SandboxJupiter, "lend_positions", unavailable)
    pools = MultiPoolDiversification(pubkey=USER_WALLET, min_pools=1)
    truth = two_payments.ground_truth.model_copy(update={"assertions": (pools,)})
    span = (await run_traced(two_payments.model_copy(update={"ground_truth": truth}))).one(BENCHMARK)
    assert span.attributes["error.type"] == "vault_out_of_order"
    assert span.attributes["reev.status"] == "error"
    assert span.status.status_code.name == "ERROR"
    assert span.events == ()


async def test_a_step_tells_how_it_ended(run_traced, two_payments):
    span = (await run_traced(two_payments)).one("step step_1")
    assert dict(span.attributes) == {
        "reev.benchmark_id": "900-two-payments",
        "reev.step_id": "step_1",
        "reev.step.critical": True,
        "reev.step.status": "succeeded",
    }


async def test_a_step_that_failed_names_its_reason(run_traced, two_payments):
    span = (await run_traced(two_payments, "refuses")).one("step step_1")
    assert span.attributes["reev.step.status"] == "failed"
    assert span.attributes["error.type"] == "refused"
    assert span.status.status_code.name == "ERROR"


async def test_a_context_tells_how_large_it_is(run_traced, two_payments):
    first, second = (await run_traced(two_payments)).named("context")
    told = first.attributes
    assert (told["reev.context.tokens"], told["reev.context.previous_results"]) == (0, 0)
    assert told["reev.context.prices"] > 0
    assert told["reev.prompt.characters"] > len("Pay 0.1 SOL to RECIPIENT_WALLET_PUBKEY.")
    assert "sol_transfer" in told["reev.prompt.tools"]
    assert "spl_transfer" not in told["reev.prompt.tools"]
    assert first.end_time > first.start_time
    assert second.attributes["reev.context.previous_results"] == 1


async def test_a_transaction_tells_its_fate(run_traced, two_payments):
    span = (await run_traced(two_payments)).named("transaction")[0]
    told = dict(span.attributes)
    assert len(told.pop("reev.transaction.signature")) > 80
    assert told.pop("reev.transaction.slot") > 0
    assert told == {
        "reev.transaction.succeeded": True,
        "reev.transaction.landed": True,
        "reev.transaction.compute_units": 150,
        "reev.transaction.fee_lamports": 5000,
    }


async def test_a_refused_call_is_an_error_by_its_code(run_traced, two_payments):
    dear = two_payments.reference[0][0].model_copy(update={"amount": ExactAmount(raw=10**18)})
    case = two_payments.model_copy(update={"reference": ((dear,), two_payments.reference[1])})
    span = (await run_traced(case)).named("execute_tool sol_transfer")[0]
    assert span.attributes["error.type"] == "insufficient_funds"
    assert span.status.status_code.name == "ERROR"
