"""``reev-runner`` and ``reev run``: run benchmarks, report, and say by the exit status how it went."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from ._carrying_out import carry_out
from ._flow_options import MarketFlags, ModeFlags, ReaderFlags, WalletFlags
from ._flow_request import FlowRequest
from ._groups import grouped
from ._options import ChoiceFlags, ModelFlags, OutputFlags, SettingFlags, VersionOption
from ._recovery_options import RecoveryFlags, RecoverySettingFlags, ResumeOption
from ._resuming import go_on

__all__ = ["EXAMPLES", "run"]

EXAMPLES = """\b
Examples:
  {program} 001-sol-transfer              one benchmark, with its whole trace
  {program} 001 002 my-benchmark.yml      by number, by file
  {program} benchmarks/ --tag transfer    a folder, filtered by tag
  {program} benchmarks/ --json            for programs; --junit FILE for CI
  {program} 100 --agent glm-4.6-coding    with a language model; reev agents lists them
  {program} 100 --agent local --record tapes    and again offline: --replay tapes
  {program} --direct --prompt "swap 0.1 SOL to USDC" --wallet demo:balanced
  {program} --dynamic --prompt "swap 0.1 SOL to USDC" --wallet ADDRESS --agent glm-4.6-coding
  {program} --recovery --atomic-mode lenient --prompt "swap 0.1 SOL to USDC then lend it"
  {program} --resume SESSION              go on with an interrupted session

\b
Exit status: 0 all passed, 1 some failed, 2 wrong usage or a bad file,
3 the environment failed; of several, the highest.
"""


@grouped
def run(
    *,
    selectors: Annotated[
        list[str] | None,
        # Told of in the text above the options, where there is room for it.
        typer.Argument(metavar="PATH_OR_ID", hidden=True),
    ] = None,
    settings: SettingFlags,
    choice: ChoiceFlags,
    output: OutputFlags,
    models: ModelFlags,
    modes: ModeFlags,
    prompt: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="The sentence; with a benchmark, what its agent is asked instead."),
    ] = None,
    wallet: WalletFlags,
    market: MarketFlags,
    reader: ReaderFlags,
    recovery: RecoveryFlags,
    recovering: RecoverySettingFlags,
    resume: ResumeOption = None,
    version: VersionOption = False,
) -> None:
    """Run benchmarks in an in-process Solana VM and judge the final chain state.

    PATH_OR_ID is a benchmark file, a folder of them, or a built-in benchmark by its id or number.
    """
    request = FlowRequest(modes, wallet, market, reader, prompt, recovery, recovering)
    if resume is not None:
        go_on(resume, request, settings, models, output, choice, selectors)
    if recovery.recovery and prompt is not None and not selectors and not request.is_flow:
        request = replace(request, modes=modes._replace(direct=True))
    carry_out(request, settings, models, output, choice, selectors)
