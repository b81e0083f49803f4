"""Options of dynamic flows, and the help that leaves out the modes that are switched off."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ._commands import ReportingCommand
from ._errors import reported_errors
from ._settings import resolve

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter

__all__ = [
    "BridgeOption",
    "ContextOption",
    "DirectOption",
    "DryRunOption",
    "FlowCommand",
    "KeepOption",
    "PromptOption",
    "RpcOption",
    "WalletOption",
    "YesOption",
]

BridgeOption = Annotated[
    bool, typer.Option("--dynamic", help="Run a sentence by way of a temporary benchmark file (bridge mode).")
]
DirectOption = Annotated[bool, typer.Option("--direct", help="Run a sentence in memory, without a file.")]
PromptOption = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="The sentence; with a benchmark, what its agent is asked instead."),
]
WalletOption = Annotated[
    str | None,
    typer.Option(
        metavar="WALLET", help="An address, which is mirrored and needs no key, or demo:NAME. [demo:balanced]"
    ),
]
ContextOption = Annotated[
    Path | None, typer.Option("--context", metavar="FILE", help="A JSON file with a wallet, its balances and prices.")
]
RpcOption = Annotated[
    str | None, typer.Option("--rpc-url", metavar="URL", help="The Solana node to read the wallet's balances from.")
]
KeepOption = Annotated[bool, typer.Option("--keep-yml", help="Leave the benchmark file of --dynamic where it is.")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Execute without asking.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show the plan and execute nothing.")]

_MODES = {"dynamic": "bridge", "direct": "direct", "keep_yml": "bridge"}


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
