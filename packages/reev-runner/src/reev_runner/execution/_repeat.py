"""The arguments of the command line that make a run happen again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from reev_types.agents import AgentLimits
from reev_types.amounts import DEFAULT_SOL_RESERVE_LAMPORTS, format_ui

from ._models import ModelOptions

__all__ = ["repeated", "repeats_agent", "repeats_model"]

_SOL_DECIMALS = 9
_USD_DECIMALS = 6


def repeats_agent(name: str) -> tuple[str, ...]:
    """Return the arguments that choose an agent which always does the same."""
    return ("--agent", name)


def repeats_model(name: str, options: ModelOptions) -> tuple[str, ...]:
    """Return what makes a model say the same again, nothing where it may say something else.

    A conversation on file is repeated with the sampling that it was recorded with. A command line always sends a seed,
    so that a conversation without one cannot be repeated by it.
    """
    folder = options.replay or options.record
    if folder is None:
        return repeats_agent(name) if name.startswith(("scripted:", "replay:")) else ()
    sampling = options.sampling
    if sampling.seed is None or sampling.max_output_tokens is not None:
        return ()
    temperature = () if sampling.temperature is None else ("--temperature", str(sampling.temperature))
    return ("--replay", str(folder), *temperature)


def repeated(arguments: Sequence[str], limits: AgentLimits, sol_reserve_lamports: int) -> tuple[str, ...]:
    """Return ``arguments`` of an agent with those of limits and reserve that are not as usual; none stay none."""
    if not arguments:
        return ()
    return (*arguments, *_unusual(limits, sol_reserve_lamports))


@lru_cache(maxsize=16)
def _unusual(limits: AgentLimits, sol_reserve_lamports: int) -> tuple[str, ...]:
    usual = AgentLimits()
    cost = limits.max_cost_micro_usd
    given = (
        ("--sol-reserve", _sol(sol_reserve_lamports), _sol(DEFAULT_SOL_RESERVE_LAMPORTS)),
        ("--max-turns", limits.max_turns, usual.max_turns),
        ("--max-tool-calls", limits.max_tool_calls, usual.max_tool_calls),
        ("--max-tokens", limits.max_tokens, usual.max_tokens),
        ("--max-cost-usd", None if cost is None else format_ui(cost, _USD_DECIMALS), None),
        ("--timeout", limits.timeout_s, usual.timeout_s),
    )
    flags = [(flag, str(value)) for flag, value, default in given if value != default]
    return tuple(part for flag in flags for part in flag)


def _sol(lamports: int) -> str:
    return format_ui(lamports, _SOL_DECIMALS)
