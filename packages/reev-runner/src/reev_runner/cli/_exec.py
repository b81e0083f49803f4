"""``reev plan`` and ``reev exec``: a sentence understood, and carried out."""

from __future__ import annotations

from typing import Annotated

import typer

from ._carrying_out import carry_out
from ._flow_options import MarketFlags, ModeFlags, ReaderFlags, WalletFlags
from ._flow_request import FlowRequest
from ._flows import confirmed, errors_as_json
from ._groups import grouped
from ._options import ChoiceFlags, JsonOption, ModelFlags, OutputFlags, SettingFlags
from ._recovery_options import RecoveryFlags, RecoverySettingFlags

__all__ = ["EXEC_EXAMPLES", "PLAN_EXAMPLES", "execute", "plan"]

PLAN_EXAMPLES = """\b
Examples:
  reev plan "swap 0.1 SOL to USDC"
  reev plan "use 50% sol to 1.5x usdc" --wallet demo:defi_power
  reev plan "lend all my USDC" --context wallet.json --json

\b
Exit status: 0 planned, 2 not understood, asked back or impossible,
3 the wallet cannot be read.
"""

EXEC_EXAMPLES = """\b
Examples:
  reev exec "swap 0.1 SOL to USDC"
  reev exec --dynamic "swap 0.1 SOL to USDC, then lend it" --keep-yml
  reev exec "lend 50 USDC" --wallet demo:balanced --agent glm-4.6-coding
  reev exec "send half my SOL to ADDRESS" --dry-run
  reev exec "swap 0.1 SOL to USDC" --recovery --on-abort rollback

\b
Exit status: 0 what was planned holds, 1 it does not, or nothing was executed,
2 not understood, asked back or impossible, 3 the environment failed.
"""

Sentence = Annotated[str, typer.Argument(metavar="SENTENCE", help="What is to be done, in plain words.")]


@grouped
def plan(
    sentence: Sentence, wallet: WalletFlags, market: MarketFlags, reader: ReaderFlags, json: JsonOption = False
) -> None:
    """Show what a sentence comes to on a wallet, and execute nothing."""
    with errors_as_json(json):
        from reev_runner.suite import SuiteOptions

        from ._models import reserve_lamports

        request = FlowRequest(ModeFlags(direct=True, dry_run=True), wallet, market, reader, sentence)
        confirmed(request, SuiteOptions(sol_reserve_lamports=reserve_lamports(wallet.sol_reserve)), json=json)


@grouped
def execute(
    sentence: Sentence,
    modes: ModeFlags,
    wallet: WalletFlags,
    market: MarketFlags,
    reader: ReaderFlags,
    recovery: RecoveryFlags,
    recovering: RecoverySettingFlags,
    settings: SettingFlags,
    output: OutputFlags,
    models: ModelFlags,
) -> None:
    """Carry a sentence out on a mirror of a wallet, in an in-process Solana VM, and judge what came of it."""
    request = FlowRequest(_with_mode(modes), wallet, market, reader, sentence, recovery, recovering)
    carry_out(request, settings, models, output, ChoiceFlags())


def _with_mode(modes: ModeFlags) -> ModeFlags:
    """Return the modes with one chosen: only the bridge has a file to keep."""
    if modes.dynamic or modes.direct:
        return modes
    return modes._replace(dynamic=modes.keep_yml, direct=not modes.keep_yml)
