"""What recovery came to is added up from its events alone."""

from reev_runner.journal._recoveries import Recoveries
from reev_types.chain import TransactionOutcome
from reev_types.events import StepEnded, StepStarted, TransactionReturned
from reev_types.recovery_events import FlowResumed, RecoveryDecided, RecoveryEnded


def decided(strategy):
    return RecoveryDecided(step_id="step_1", strategy=strategy, decision="attempt")


def started(attempt):
    return StepStarted(step_id="step_1", description="", critical=True, prompt="", attempt=attempt)


def paid(lamports):
    outcome = TransactionOutcome(signature="s", slot=1, landed=True, fee_lamports=lamports)
    return TransactionReturned(step_id="step_1", call_id="1", outcome=outcome)


def ended(outcome, strategy=None, failure="slippage", **fields):
    return RecoveryEnded(step_id="step_1", outcome=outcome, strategy=strategy, failure_class=failure, **fields)


def metrics(*events):
    recoveries = Recoveries()
    for event in events:
        recoveries.take(event)
    return recoveries.metrics()


def test_a_flow_that_recovered_nothing_has_no_metrics():
    assert metrics(started(1), paid(5_000), StepEnded(step_id="step_1", critical=True, status="succeeded")) is None


def test_each_strategy_has_its_attempts_and_what_they_cost():
    told = metrics(
        started(1),
        paid(5_000),
        decided("retry"),
        started(2),
        paid(5_000),
        decided("alternative_flow"),
        started(3),
        paid(6_000),
        started(4),
        paid(7_000),
        ended("recovered", "alternative_flow", attempts=3, timing={"recovery_ms": 700}),
        started(1),
        paid(9_000),
    )
    assert told.attempts_by_strategy == {"alternative_flow": 2, "retry": 1}
    assert told.cost_lamports_by_strategy == {"alternative_flow": 13_000, "retry": 5_000}
    assert (told.total_attempts, told.recoveries_by_strategy) == (3, {"alternative_flow": 1})
    assert told.timing == {"recovery_ms": 700}


def test_recoveries_and_failures_are_counted_by_what_they_began_with():
    told = metrics(
        ended("recovered", "retry"), ended("failed", failure="timeout"), ended("skipped", "user_fulfillment")
    )
    assert (told.successful_recoveries, told.failed_recoveries) == (1, 2)
    assert told.recoveries_by_failure == {"slippage": 1}
    assert told.failures_by_failure == {"slippage": 1, "timeout": 1}


def test_an_interrupted_recovery_is_not_charged_with_what_follows():
    for event in (
        FlowResumed(interrupted_at=3, replayed=0),
        StepEnded(step_id="step_1", critical=True, status="skipped"),
    ):
        told = metrics(decided("retry"), event, started(2), paid(5_000), ended("recovered", "retry"))
        assert told.attempts_by_strategy == told.cost_lamports_by_strategy == {}
