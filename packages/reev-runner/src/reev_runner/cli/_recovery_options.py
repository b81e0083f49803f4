"""Options of recovery: what becomes of failed steps and aborted flows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, NoReturn

import typer

if TYPE_CHECKING:
    from reev_runner.execution import FlowSetup

    from ._settings import Settings

__all__ = ["RECOVERY_OPTIONS", "RecoveryFlags", "RecoverySettingFlags", "ResumeOption"]

_EXAMPLE = 'reev-runner --recovery --prompt "swap 0.1 SOL to USDC" --wallet demo:balanced'


class RecoveryFlags(NamedTuple):
    """Whether failed steps are recovered, what else they do to a flow, and what becomes of one that is aborted."""

    recovery: Annotated[
        bool, typer.Option("--recovery", help="Recover failed steps; alone, a sentence is run as with --direct.")
    ] = False
    atomic_mode: Annotated[
        Literal["strict", "conditional", "lenient"] | None,
        typer.Option(help="Which failed steps end a flow: any, critical ones, none. [the benchmark's; else strict]"),
    ] = None
    on_abort: Annotated[
        Literal["leave", "rollback", "compensate"] | None,
        typer.Option(help="What becomes of what an aborted flow has done. [the benchmark's; else leave]"),
    ] = None
    alternatives: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Alternative flows to try before those that come with reev.")
    ] = None

    def setup(self, settings: Settings) -> FlowSetup:
        """Return how flows are run; raises UserError for a file that lists no alternatives."""
        from reev_orchestrator.recovery import BUILT_IN_ALTERNATIVES, load_alternatives
        from reev_runner.execution import FlowSetup
        from reev_types.atomicity import AtomicMode, OnAbort

        from ._asker import terminal_asker

        own = () if self.alternatives is None else load_alternatives(self.alternatives)
        return FlowSetup(
            recovery=settings.recovery if self.recovery else None,
            atomic_mode=None if self.atomic_mode is None else AtomicMode(self.atomic_mode),
            on_abort=None if self.on_abort is None else OnAbort(self.on_abort),
            alternatives=(*own, *BUILT_IN_ALTERNATIVES),
            alternatives_file=self.alternatives,
            asker=terminal_asker(),
        )

    def check(self, given: RecoverySettingFlags, settings: Settings) -> None:
        """Raise UsageError for options that take ``--recovery``, or that are switched off."""
        flags = [*given.flags]
        if self.alternatives is not None:
            flags.append("--alternatives")
        if self.recovery:
            flags.insert(0, "--recovery")
        if flags and "recovery" not in settings.dynamic_flows:
            on = ",".join((*settings.dynamic_flows, "recovery"))
            told = f"{flags[0]} is switched off with the mode recovery of dynamic flows"
            _refuse("mode_switched_off", told, f"REEV_DYNAMIC_FLOWS={on}, or dynamic_flows in reev.toml")
        if flags and not self.recovery:
            _refuse("no_recovery", f"{flags[0]} takes --recovery", f"{_EXAMPLE} {flags[0]}{_value(flags[0])}")
        if self.recovery and self.alternatives is not None and not settings.recovery.enable_alternative_flows:
            told = "--alternatives takes --enable-alternative-flows"
            _refuse("no_alternative_flows", told, f"{_EXAMPLE} --enable-alternative-flows --alternatives FILE")


class RecoverySettingFlags(NamedTuple):
    """How failed steps are recovered; text, so that flag, variable and file are read by one rule."""

    enable_retry: Annotated[
        bool | None, typer.Option("--enable-retry/--no-retry", help="Whether a failed step is tried again. [it is]")
    ] = None
    retry_attempts: Annotated[str | None, typer.Option(metavar="N", help="Attempts after the first one. [3]")] = None
    base_retry_delay_ms: Annotated[
        str | None, typer.Option(metavar="MS", help="The first delay before a retry. [1000]")
    ] = None
    max_retry_delay_ms: Annotated[
        str | None, typer.Option(metavar="MS", help="The longest delay before a retry. [10000]")
    ] = None
    backoff_multiplier: Annotated[
        str | None, typer.Option(metavar="X", help="How much longer each delay is than the one before. [2]")
    ] = None
    max_recovery_time_ms: Annotated[
        str | None, typer.Option(metavar="MS", help="Time for all recoveries of a flow. [30000]")
    ] = None
    max_step_recovery_time_ms: Annotated[
        str | None, typer.Option(metavar="MS", help="Time for the recovery of one step. [30000]")
    ] = None
    enable_alternative_flows: Annotated[
        bool | None,
        typer.Option(
            "--enable-alternative-flows/--no-alternative-flows",
            help="Whether a failed step may be done differently. [it may not]",
        ),
    ] = None
    max_recovery_slippage_bps: Annotated[
        str | None, typer.Option(metavar="N", help="The widest slippage that an alternative may allow. [100]")
    ] = None
    enable_user_fulfillment: Annotated[
        bool | None,
        typer.Option(
            "--enable-user-fulfillment/--no-user-fulfillment",
            help="Whether a person is asked about a failed step. [nobody is]",
        ),
    ] = None
    question_timeout_ms: Annotated[
        str | None, typer.Option(metavar="MS", help="Time that a person has for an answer. [20000]")
    ] = None
    default_answer: Annotated[
        str | None,
        typer.Option(metavar="retry|skip|abort", help="What is done when nobody answers. [abort]"),
    ] = None

    @property
    def given(self) -> dict[str, str | bool | None]:
        """The flags by the keys of their settings; None where they were not given."""
        return self._asdict()

    @property
    def flags(self) -> tuple[str, ...]:
        """What was given, as it stands on the command line."""
        from ._known_settings import RECOVERY_SETTINGS

        given = self.given
        return tuple(each.given_by(given[each.key]) for each in RECOVERY_SETTINGS if given[each.key] is not None)


ResumeOption = Annotated[
    str | None,
    typer.Option("--resume", metavar="SESSION", help="Go on with a session that was interrupted, by id or folder."),
]

RECOVERY_OPTIONS = frozenset({"recovery", "alternatives", *RecoverySettingFlags._fields})
"""The parameters that take recovery; the others of this subject work without it."""


def _value(flag: str) -> str:
    """Return what an example has behind ``flag``."""
    from ._known_settings import RECOVERY_SETTINGS

    examples = {each.flag: each for each in RECOVERY_SETTINGS if not isinstance(each.default, bool)}
    if flag == "--alternatives":
        return " FILE"
    return f" {examples[flag].default}" if flag in examples else ""


def _refuse(code: str, message: str, example: str) -> NoReturn:
    from reev_types.errors import UsageError

    raise UsageError(code, message, suggestions=(example,))
