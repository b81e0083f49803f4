import pytest

from reev_orchestrator.recovery import classify, is_known, is_permanent
from reev_types.recovery import FailureClass


@pytest.mark.parametrize(
    ("code", "failure_class"),
    [
        ("unreachable", FailureClass.TRANSPORT),
        ("timeout", FailureClass.TRANSPORT),
        ("rpc_bad_answer", FailureClass.TRANSPORT),
        ("blockhash_expired", FailureClass.EXPIRED_BLOCKHASH),
        ("rate_limited", FailureClass.RATE_LIMIT),
        ("slippage_exceeded", FailureClass.SLIPPAGE),
        ("no_routes_found", FailureClass.INSUFFICIENT_LIQUIDITY),
        ("insufficient_lamports", FailureClass.INSUFFICIENT_FUNDS),
        ("program_error", FailureClass.REJECTED_BY_PROGRAM),
        ("refused", FailureClass.AGENT_GAVE_UP),
        ("limit_timeout", FailureClass.TIMEOUT),
        ("of_tomorrow", FailureClass.UNKNOWN),
    ],
)
def test_a_code_decides_the_class(code, failure_class):
    assert classify(code) is failure_class
    assert is_known(code) == (failure_class is not FailureClass.UNKNOWN)


@pytest.mark.parametrize(
    "code",
    ["insufficient_funds", "program_error", "short_delivery", "refused", "no_reference", "unauthorised", "model_quota"],
)
def test_some_failures_are_permanent(fail, code):
    assert is_permanent(fail(code))


@pytest.mark.parametrize(
    "code", ["unreachable", "slippage_exceeded", "limit_timeout", "agent_error", "invalid_route_plan", "of_tomorrow"]
)
def test_others_may_pass(fail, code):
    assert not is_permanent(fail(code))
