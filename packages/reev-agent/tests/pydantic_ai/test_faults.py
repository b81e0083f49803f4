import pytest

pytest.importorskip("pydantic_ai", reason="the extra pydantic-ai is not installed")

from pydantic_ai import exceptions

from reev_agent.models import Secret
from reev_agent.pydantic_ai._faults import fault_of


@pytest.mark.parametrize(
    ("error", "code", "may_pass"),
    [
        (exceptions.ModelQuotaExceededError("big", "billing"), "model_quota", False),
        (exceptions.ModelRateLimitError("big", "slow down"), "model_rate_limited", True),
        (exceptions.ModelAuthenticationError("big", "who?"), "model_auth", False),
        (exceptions.ModelNotFoundError("big", "what?"), "model_unknown", False),
        (exceptions.ModelContextWindowExceededError("big", "too long"), "model_context_exceeded", False),
        (exceptions.ModelRequestRejectedError("big", "no"), "model_bad_request", False),
        (exceptions.ModelOverloadedError("big", "busy"), "model_unavailable", True),
        (exceptions.ModelServerError("big", "oops"), "model_unavailable", True),
        (exceptions.ModelTimeoutError("big", "late"), "model_timeout", True),
        (exceptions.ModelRequestTimeout("big", 3.0), "model_timeout", True),
        (exceptions.ModelConnectionError("big", "gone"), "model_unreachable", True),
        (exceptions.ModelAPIError("big", "odd"), "model_unavailable", True),
        (exceptions.ContentFilterError("blocked"), "model_content_blocked", False),
        (exceptions.UnexpectedModelBehavior("empty"), "model_bad_reply", False),
        (exceptions.UserError("not supported"), "model_bad_request", False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_an_exception_has_our_code(error, code, may_pass):
    fault = fault_of(error, ())
    assert (fault.error.code, fault.may_pass) == (code, may_pass)


def test_the_wait_that_was_asked_for_and_the_status_are_kept():
    fault = fault_of(exceptions.ModelHTTPError(503, "big", headers={"Retry-After": "7"}), ())
    assert (fault.asked_wait_s, fault.error.context["status"]) == (7.0, 503)


def test_no_secret_is_in_a_message():
    fault = fault_of(exceptions.ModelAPIError("big", "wrong key sk-ant-0123456789"), (Secret("sk-ant-0123456789"),))
    assert "sk-ant" not in str(fault.error)
