"""Everything that can be configured: names, defaults, and what a value may be."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

__all__ = ["RECOVERY_SETTINGS", "SETTINGS", "Scalar", "Setting", "shown_value"]

Scalar = str | int | Decimal
"""What a setting can be; a switch is a bool."""

_SEED_MAX = 2**64 - 1
_MODES = ("bridge", "direct", "recovery")
_DIGITS = re.compile(r"\d{1,20}", re.ASCII)
_DECIMAL = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)
_WORDS = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False, "0": False}
_LONGEST_MS = 10**12


class Setting(NamedTuple):
    """One thing that can be configured."""

    key: str
    default: Scalar
    read: Callable[[object], Scalar]
    """Raises ValueError with what is expected."""
    meaning: str
    field: str = ""
    """The field of ``RecoveryConfig`` that it sets, if it sets one."""

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"REEV_{self.key.upper()}"

    @property
    def flag(self) -> str:
        """The flag."""
        return f"--{self.key.replace('_', '-')}"

    def given_by(self, value: object) -> str:
        """Return the flag that says ``value``; what is switched on is switched off by another."""
        return f"--no-{self.flag.removeprefix('--enable-')}" if value is False else self.flag

    def example(self, origin: str) -> str:
        """Return the default in the form that a value has which comes from there."""
        shown = shown_value(self.default)
        if origin == self.key:
            return f"{self.key} = {json.dumps(shown) if isinstance(self.default, str) else shown}"
        return f"{self.variable}={shown}" if origin == self.variable else f"{self.flag} {shown}"


def shown_value(value: Scalar) -> str:
    """Return a value as it is written."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("expected text")
    return value


def _folder(value: object) -> str:
    text = _text(value)
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("expected the name of a folder in UTF-8 without NUL")
    return text


def _modes(value: object) -> str:
    words = re.split(r"[,\s]+", value.strip()) if isinstance(value, str) else value
    if not isinstance(words, list) or not all(word in (*_MODES, "none") for word in words):
        raise ValueError(f"expected a list of {', '.join(_MODES)}, or none")
    return ", ".join(mode for mode in _MODES if mode in words)


def _whole(most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        digits = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
        if not _DIGITS.fullmatch(digits) or int(digits) > most:
            raise ValueError(f"expected a whole number from 0 to {most}")
        return int(digits)

    return read


def _multiplier(value: object) -> Decimal:
    # A float of TOML is read by the digits that it is written with.
    digits = str(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else ""
    if not _DECIMAL.fullmatch(digits) or Decimal(digits) < 1:
        raise ValueError("expected a number of at least 1, such as 1.5")
    return Decimal(digits)


def _switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in _WORDS:
        return _WORDS[value.lower()]
    raise ValueError("expected true or false")


def _default_answer(value: object) -> str:
    if value not in ("retry", "skip", "abort"):
        raise ValueError("expected retry, skip or abort")
    return str(value)


def _recovery(field: str, default: Scalar, read: Callable[[object], Scalar], meaning: str) -> Setting:
    return Setting(field, default, read, meaning, field)


_MILLISECONDS = _whole(_LONGEST_MS)

RECOVERY_SETTINGS = (
    _recovery("base_retry_delay_ms", 1_000, _MILLISECONDS, "the first delay before a retry, in milliseconds"),
    _recovery("max_retry_delay_ms", 10_000, _MILLISECONDS, "the longest delay before a retry, in milliseconds"),
    _recovery("backoff_multiplier", Decimal(2), _multiplier, "how much longer each delay is than the one before"),
    _recovery("max_recovery_time_ms", 30_000, _MILLISECONDS, "milliseconds for all recoveries of a flow"),
    _recovery("max_step_recovery_time_ms", 30_000, _MILLISECONDS, "milliseconds for the recovery of a step"),
    _recovery("enable_retry", True, _switch, "whether a failed step is tried again"),
    _recovery("retry_attempts", 3, _whole(100), "attempts after the first one"),
    _recovery("enable_alternative_flows", False, _switch, "whether a failed step may be done differently"),
    _recovery("enable_user_fulfillment", False, _switch, "whether a person is asked about a failed step"),
    _recovery("question_timeout_ms", 20_000, _MILLISECONDS, "milliseconds that a person has for an answer"),
    _recovery("default_answer", "abort", _default_answer, "what is done when nobody answers"),
    Setting(
        "max_recovery_slippage_bps",
        100,
        _whole(10_000),
        "the widest slippage of an alternative, in basis points",
        field="max_slippage_bps",
    ),
)

SETTINGS = (
    Setting("agent", "deterministic", _text, "the agent that carries out the steps"),
    Setting("seed", 0, _whole(_SEED_MAX), "what every key and blockhash is derived from"),
    Setting("out", "runs", _folder, "the folder that runs are kept in"),
    Setting("templates", "", _folder, "a folder of prompt templates that come before the bundled ones"),
    Setting("dynamic_flows", ", ".join(_MODES), _modes, "how sentences may be run"),
    *RECOVERY_SETTINGS,
)
