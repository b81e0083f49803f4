"""``reev plan`` and ``reev exec``: a sentence understood, and carried out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ._flow_options import (
    BridgeOption,
    ContextOption,
    DirectOption,
    DryRunOption,
    KeepOption,
    RpcOption,
    WalletOption,
    YesOption,
)
from ._options import (
    AgentOption,
    ConfigOption,
    CostOption,
    JsonOption,
    OutOption,
    RecordOption,
    ReplayOption,
    SeedOption,
    SolReserveOption,
    TemperatureOption,
    TimeoutOption,
    TokensOption,
    ToolCallsOption,
    TurnsOption,
    VerboseOption,
)
from ._run import run

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

\b
Exit status: 0 what was planned holds, 1 it does not, or nothing was executed,
2 not understood, asked back or impossible, 3 the environment failed.
"""

Sentence = Annotated[str, typer.Argument(metavar="SENTENCE", help="What is to be done, in plain words.")]


def plan(
    sentence: Sentence,
    wallet: WalletOption = None,
    context: ContextOption = None,
    rpc_url: RpcOption = None,
    sol_reserve: SolReserveOption = None,
    json: JsonOption = False,
) -> None:
    """Show what a sentence comes to on a wallet, and execute nothing."""
    from ._flows import FlowRequest, confirmed, errors_as_json

    with errors_as_json(json):
        from reev_runner.suite import SuiteOptions

        from ._models import reserve_lamports

        request = FlowRequest(
            direct=True, prompt=sentence, wallet=wallet, context=context, rpc_url=rpc_url, dry_run=True
        )
        confirmed(request, SuiteOptions(sol_reserve_lamports=reserve_lamports(sol_reserve)), json=json)


def execute(
    sentence: Sentence,
    dynamic: BridgeOption = False,
    direct: DirectOption = False,
    wallet: WalletOption = None,
    context: ContextOption = None,
    rpc_url: RpcOption = None,
    agent: AgentOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    keep_yml: KeepOption = False,
    seed: SeedOption = None,
    json: JsonOption = False,
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the result as JUnit XML too.")] = None,
    out: OutOption = None,
    verbose: VerboseOption = False,
    sol_reserve: SolReserveOption = None,
    record: RecordOption = None,
    replay: ReplayOption = None,
    temperature: TemperatureOption = None,
    max_turns: TurnsOption = 24,
    max_tool_calls: ToolCallsOption = 20,
    max_tokens: TokensOption = None,
    max_cost_usd: CostOption = None,
    timeout: TimeoutOption = None,
    config: ConfigOption = None,
) -> None:
    """Carry a sentence out on a mirror of a wallet, in an in-process Solana VM, and judge what came of it."""
    run(
        prompt=sentence,
        # Only the bridge has a file to keep.
        dynamic=dynamic or (keep_yml and not direct),
        direct=direct or not (dynamic or keep_yml),
        wallet=wallet,
        context=context,
        rpc_url=rpc_url,
        agent=agent,
        yes=yes,
        dry_run=dry_run,
        keep_yml=keep_yml,
        seed=seed,
        json=json,
        junit=junit,
        out=out,
        verbose=verbose,
        sol_reserve=sol_reserve,
        record=record,
        replay=replay,
        temperature=temperature,
        max_turns=max_turns,
        max_tool_calls=max_tool_calls,
        max_tokens=max_tokens,
        max_cost_usd=max_cost_usd,
        timeout=timeout,
        config=config,
    )
