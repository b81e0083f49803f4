"""What a failed exchange means, by the provider's code first and the status second."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ._errors import ModelError

__all__ = ["Fault", "fault_of", "transport_fault"]

_LONGEST_MESSAGE = 500

_BY_PROVIDER_CODE: dict[str, str] = {
    "invalid_api_key": "model_auth",
    "insufficient_quota": "model_quota",
    "credit_balance_exhausted": "model_quota",
    "billing_hard_limit_reached": "model_quota",
    "model_not_found": "model_unknown",
    "context_length_exceeded": "model_context_exceeded",
    "content_filter": "model_content_blocked",
    "content_policy_violation": "model_content_blocked",
    "rate_limit_exceeded": "model_rate_limited",
    "slow_down": "model_rate_limited",
    "server_is_overloaded": "model_unavailable",
    # Z.ai: 1000 to 1004 and 111x and 112x concern the account, 113 its balance, 12xx the request, 13xx its policies.
    **dict.fromkeys(("1000", "1001", "1002", "1003", "1004", "1110", "1111", "1112", "1120", "1121"), "model_auth"),
    **dict.fromkeys(("1113", "1304", "1308", "1309", "1310"), "model_quota"),
    "1211": "model_unknown",
    **dict.fromkeys(("1210", "1212", "1213", "1214", "1215"), "model_bad_request"),
    "1261": "model_context_exceeded",
    "1301": "model_content_blocked",
    **dict.fromkeys(("1302", "1303"), "model_rate_limited"),
    **dict.fromkeys(("1305", "1234", "network_error"), "model_unavailable"),
}
_BY_STATUS: dict[int, str] = {
    401: "model_auth",
    402: "model_quota",
    403: "model_auth",
    404: "model_unknown",
    408: "model_timeout",
    409: "model_unavailable",
    413: "model_context_exceeded",
    429: "model_rate_limited",
}
_PASSING = frozenset(
    {"model_rate_limited", "model_timeout", "model_unavailable", "model_unreachable", "model_reply_cut"}
)
_ADVICE: dict[str, str] = {
    "model_auth": "check the key of the provider, and that it belongs to this base URL",
    "model_quota": "add credit or wait for the next window of the plan",
    "model_unknown": "check the model's name and the base URL",
    "model_unreachable": "check the base URL and that the server is running",
    "model_rate_limited": "run fewer episodes at once",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A failed attempt: the error it amounts to, and whether asking again can help."""

    error: ModelError
    may_pass: bool
    asked_wait_s: float | None = None


def fault_of(status: int, body: object, wait_s: float | None = None, may_retry: bool = True) -> Fault:
    """Return what an error answer means; ``body`` is its JSON, or its text where it is none."""
    provider_code, message = _told(body)
    code = _BY_PROVIDER_CODE.get(provider_code) or _by_status(status)
    context: dict[str, str | int] = {"status": status, "provider_code": provider_code}
    error = ModelError(
        code, f"the model endpoint answered {status}: {message}", context=context, suggestions=_hint(code)
    )
    return Fault(error, code in _PASSING and may_retry, wait_s)


def transport_fault(code: str, message: str) -> Fault:
    """Return a fault of the connection rather than of an answer."""
    return Fault(ModelError(code, message, suggestions=_hint(code)), code in _PASSING)


def _by_status(status: int) -> str:
    if status < 300 or status >= 500:
        return "model_unavailable"
    return _BY_STATUS.get(status, "model_bad_request")


def _hint(code: str) -> tuple[str, ...]:
    return (_ADVICE[code],) if code in _ADVICE else ()


def _told(body: object) -> tuple[str, str]:
    error = body.get("error", body) if isinstance(body, Mapping) else body
    if not isinstance(error, Mapping):
        text = error if isinstance(error, str) else json.dumps(error)
        return "", _short(text or "no explanation")
    code = next((str(error[name]) for name in ("code", "type") if _is_known(error.get(name))), error.get("code"))
    return str(code or ""), _short(str(error.get("message") or "no explanation"))


def _is_known(code: object) -> bool:
    return str(code) in _BY_PROVIDER_CODE


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_MESSAGE else line[: _LONGEST_MESSAGE - 1] + "…"
