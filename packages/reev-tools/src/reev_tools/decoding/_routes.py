"""The arguments of Jupiter's swap instructions, and its route plans in words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from reev_tools.market.swap import FORMS, DecodeError, Form, RouteStep, SwapArguments, decode_arguments
from reev_types.amounts import format_ui

from ._anchor import instruction_tag

__all__ = ["Route", "plan_text", "route_in", "route_text"]

_BPS_DECIMALS = 2
_WHOLE_BPS = 10_000
_LEDGER_FORMS = ("route", "shared_accounts_route")
_AFTER_AMOUNT = 11
"""Bytes behind the place of the input's amount: a quote of eight, slippage of two and a fee of one."""


class Route(NamedTuple):
    """A swap instruction, read."""

    name: str
    roles: tuple[str, ...]
    arguments: dict[str, int]
    """Under the names of Jupiter's interface."""
    plan: tuple[RouteStep, ...]


def route_in(data: bytes) -> Route | None:
    """Return the swap that ``data`` asks for, or None when it does not hold exactly one."""
    try:
        return _ledger_route(data) or _route(decode_arguments(data))
    except DecodeError:
        return None


def _route(arguments: SwapArguments) -> Route:
    form = arguments.form
    return Route(form.name, form.accounts, arguments.by_name(), arguments.plan)


def _ledger_route(data: bytes) -> Route | None:
    """Read the forms whose input is what a token account gained meanwhile, so that they do not name it."""
    form = _BY_LEDGER_TAG.get(data[:8])
    if form is None:
        return None
    plan, rest = data[8:-_AFTER_AMOUNT], data[-_AFTER_AMOUNT:]
    read = _route(decode_arguments(form.tag + plan + bytes(8) + rest))
    del read.arguments["in_amount"]
    at = form.accounts.index("event_authority")
    roles = (*form.accounts[:at], "token_ledger", *form.accounts[at:])
    return read._replace(name=f"{form.name}_with_token_ledger", roles=roles)


_BY_LEDGER_TAG: dict[bytes, Form] = {
    instruction_tag(f"{name}_with_token_ledger"): FORMS[name] for name in _LEDGER_FORMS
}


def route_text(plan: Iterable[RouteStep]) -> str:
    """Return a plan by its venues: ``Raydium → 60% Whirlpool + 40% Phoenix``."""
    stages: dict[int, list[str]] = {}
    for step in plan:
        stages.setdefault(step.input_index, []).append(_share(step) + step.venue)
    return " → ".join(" + ".join(stage) for stage in stages.values())


def plan_text(plan: Iterable[RouteStep]) -> str:
    """Return everything in a plan: ``100% TesseraV(side=Ask) 0→1``."""
    return ", ".join(
        f"{_percent(step)} {step.venue}{_fields(step)} {step.input_index}→{step.output_index}" for step in plan
    )


def _share(step: RouteStep) -> str:
    return "" if step.share_bps == _WHOLE_BPS else f"{_percent(step)} "


def _percent(step: RouteStep) -> str:
    return f"{format_ui(step.share_bps, _BPS_DECIMALS)}%"


def _fields(step: RouteStep) -> str:
    said = ", ".join(
        f"{name}={value if isinstance(value, str) else json.dumps(value)}" for name, value in step.venue_fields.items()
    )
    return f"({said})" if said else ""
