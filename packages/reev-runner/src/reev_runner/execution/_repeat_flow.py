"""The arguments of the command line that make a flow hang together and recover as it did."""

from __future__ import annotations

from collections.abc import Iterator

from reev_types.recovery import RecoveryConfig

from ._setup import FlowSetup

__all__ = ["repeats_setup"]

_FLAGS = {"max_slippage_bps": "--max-recovery-slippage-bps"}
"""Where the flag is not called as the field is, because plans have one of that name."""


def repeats_setup(setup: FlowSetup) -> tuple[str, ...]:
    """Return the arguments that say ``setup``; what is as usual is left out."""
    return tuple(_arguments(setup))


def _arguments(setup: FlowSetup) -> Iterator[str]:
    if setup.recovery is not None:
        yield "--recovery"
        yield from _recovery(setup.recovery)
    if setup.alternatives_file is not None:
        yield from ("--alternatives", str(setup.alternatives_file))
    if setup.atomic_mode is not None:
        yield from ("--atomic-mode", setup.atomic_mode.value)
    if setup.on_abort is not None:
        yield from ("--on-abort", setup.on_abort.value)


def _recovery(config: RecoveryConfig) -> Iterator[str]:
    usual = RecoveryConfig()
    for field in RecoveryConfig.model_fields:
        value = getattr(config, field)
        flag = _FLAGS.get(field, f"--{field.replace('_', '-')}")
        if value == getattr(usual, field):
            continue
        if isinstance(value, bool):
            yield flag if value else f"--no-{flag.removeprefix('--enable-')}"
        else:
            yield from (flag, f"{value:f}" if field == "backoff_multiplier" else str(value))
