"""How models are asked, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from reev_runner.execution import ModelOptions

    from ._options import ModelFlags

__all__ = ["model_options", "require_recorded", "reserve_lamports"]

_USD_DECIMALS = 6
_SOL_DECIMALS = 9


def model_options(flags: ModelFlags, seed: int) -> ModelOptions:
    """Return the options; raises UsageError ``record_or_replay`` and AmountError for a cost that is no number."""
    from reev_runner.execution import ModelOptions
    from reev_types.agents import AgentLimits
    from reev_types.amounts import parse_ui, to_raw
    from reev_types.errors import UsageError
    from reev_types.models import Sampling

    if flags.record is not None and flags.replay is not None:
        hints = ("reev-runner 100 --agent local --record tapes", "reev-runner 100 --replay tapes")
        raise UsageError("record_or_replay", "a conversation is either recorded or replayed", suggestions=hints)
    cost = flags.max_cost_usd
    limits = AgentLimits(
        max_turns=flags.max_turns,
        max_tool_calls=flags.max_tool_calls,
        max_tokens=flags.max_tokens,
        max_cost_micro_usd=None if cost is None else to_raw(parse_ui(cost), _USD_DECIMALS),
        timeout_s=flags.timeout,
    )
    sampling = Sampling(temperature=flags.temperature, seed=seed % 2**31)
    return ModelOptions(sampling=sampling, limits=limits, record=flags.record, replay=flags.replay)


def require_recorded(agent: str | None, replay: Path | None) -> None:
    """Raise UsageError ``not_recorded`` where ``agent`` was asked for and ``replay`` is a recording of another."""
    if agent is None or replay is None:
        return
    from reev_runner.execution import recorded_agent
    from reev_types.errors import FilePlace, UsageError

    recorded = recorded_agent(replay)
    if agent != recorded:
        told = f"these conversations are those of {recorded!r}, not of {agent[:64]!r}"
        hints = (f"--agent {recorded}, or none",)
        raise UsageError("not_recorded", told, place=FilePlace(str(replay)), suggestions=hints)


def reserve_lamports(sol: str | None) -> int:
    """Return lamports for SOL as they were typed; raises AmountError."""
    from reev_types.amounts import DEFAULT_SOL_RESERVE_LAMPORTS, parse_ui, to_raw

    return DEFAULT_SOL_RESERVE_LAMPORTS if sol is None else to_raw(parse_ui(sol), _SOL_DECIMALS)
