"""Keys and addresses from the environment, checked before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping

from reev_agent.models import Secret
from reev_types.errors import UsageError
from reev_types.network import split_url

__all__ = ["base_url", "checked_url", "every_key", "optional_key", "required_key", "thinking"]

_KEY_ENDINGS = ("_KEY", "_TOKEN", "_SECRET", "_PASSWORD")


def required_key(environment: Mapping[str, str], variable: str, agent: str) -> Secret:
    """Return the key in ``variable``; raises UsageError ``missing_key`` or ``bad_key``, never with its value."""
    key = environment.get(variable, "").strip()
    if not key:
        raise UsageError(
            "missing_key", f"{agent} needs a key in {variable}", suggestions=(f"set {variable}", "--replay a cassette")
        )
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise UsageError("bad_key", f"{variable} holds characters that no key has")
    return Secret(key)


def optional_key(environment: Mapping[str, str], variable: str, agent: str) -> Secret:
    """Return the key in ``variable``, or the empty one; raises UsageError ``bad_key``."""
    return required_key(environment, variable, agent) if environment.get(variable, "").strip() else Secret("")


def every_key(environment: Mapping[str, str]) -> tuple[Secret, ...]:
    """Return what looks like a key by its variable's name, for whom it may be."""
    names = sorted(name for name in environment if name.upper().endswith(_KEY_ENDINGS))
    return tuple(Secret(environment[name].strip()) for name in names if environment[name].strip())


def base_url(environment: Mapping[str, str], variable: str, default: str) -> str:
    """Return the address in ``variable``; raises UsageError ``bad_model_url``."""
    return checked_url(environment.get(variable, "").strip() or default, variable)


def thinking(environment: Mapping[str, str]) -> str:
    """Return whether GLM thinks before it speaks, from ``ZAI_THINKING``; raises UsageError ``bad_setting``."""
    chosen = environment.get("ZAI_THINKING", "").strip() or "enabled"
    if chosen not in ("enabled", "disabled"):
        raise UsageError("bad_setting", "ZAI_THINKING is neither enabled nor disabled")
    return chosen


def checked_url(url: str, source: str) -> str:
    """Return ``url`` if it can be a base URL; raises UsageError ``bad_model_url``."""
    parts = split_url(url)
    if parts is None:
        raise _bad(source, "cannot be read")
    if not url.isprintable() or " " in url:
        raise _bad(source, "holds characters that no address has")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _bad(source, "is not http:// or https:// with a host")
    if parts.username is not None or parts.password is not None:
        raise _bad(source, "holds a user name or password, which would be recorded")
    if parts.query or parts.fragment:
        raise _bad(source, "has a query or fragment")
    return url


def _bad(source: str, reason: str) -> UsageError:
    return UsageError("bad_model_url", f"the address in {source} {reason}", suggestions=("http://localhost:1234/v1",))
