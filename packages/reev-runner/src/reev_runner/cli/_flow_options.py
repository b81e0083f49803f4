"""Options of dynamic flows, and the help that leaves out the modes that are switched off."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ._commands import ReportingCommand
from ._errors import reported_errors
from ._recovery_options import RECOVERY_OPTIONS
from ._settings import resolve

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter

__all__ = ["FlowCommand", "MarketFlags", "ModeFlags", "ReaderFlags", "WalletFlags"]

_MODES = {"dynamic": "bridge", "direct": "direct", "keep_yml": "bridge", **dict.fromkeys(RECOVERY_OPTIONS, "recovery")}


class ModeFlags(NamedTuple):
    """How a sentence is run."""

    dynamic: Annotated[
        bool, typer.Option("--dynamic", help="Run a sentence by way of a temporary benchmark file (bridge mode).")
    ] = False
    direct: Annotated[bool, typer.Option("--direct", help="Run a sentence in memory, without a file.")] = False
    keep_yml: Annotated[bool, typer.Option("--keep-yml", help="Leave the benchmark file of --dynamic where it is.")] = (
        False
    )
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan and execute nothing.")] = False
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Execute without asking.")] = False


class WalletFlags(NamedTuple):
    """Whose wallet a sentence is about, and what of it is kept."""

    wallet: Annotated[
        str | None,
        typer.Option(
            metavar="WALLET", help="An address, which is mirrored and needs no key, or demo:NAME. [demo:balanced]"
        ),
    ] = None
    context: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A JSON file with a wallet, its balances and prices.")
    ] = None
    rpc_url: Annotated[
        str | None, typer.Option(metavar="URL", help="The Solana node to read the wallet's balances from.")
    ] = None
    sol_reserve: Annotated[
        str | None, typer.Option(metavar="SOL", help="What an agent keeps when it sends all of its SOL. [0.01]")
    ] = None


class MarketFlags(NamedTuple):
    """Where a sentence is traded, and on what terms."""

    market: Annotated[
        str | None, typer.Option(metavar="NAME", help="The market that the sentence is carried out in. [default]")
    ] = None
    max_slippage_bps: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=1_000,
            metavar="N",
            help="Basis points by which a swap may come out worse than quoted, and move the price.",
        ),
    ] = None


class ReaderFlags(NamedTuple):
    """Who reads a sentence."""

    planner: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="llm asks a model about sentences outside the grammar. [grammar]"),
    ] = None
    planner_model: Annotated[
        str | None, typer.Option(metavar="NAME", help="The model of --planner llm. [the agent, if it is one]")
    ] = None


class FlowCommand(ReportingCommand):
    """A command whose help leaves out what the setting ``dynamic_flows`` switches off."""

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the options."""
        with reported_errors():
            on = resolve({}, os.environ, None).dynamic_flows
        for parameter in self.params:
            mode = _MODES.get(parameter.name or "")
            if mode is not None:
                setattr(parameter, "hidden", mode not in on)  # noqa: B010 - arguments have no such attribute
        super().format_options(ctx, formatter)
