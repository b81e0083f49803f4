"""``reev mcp``: a sandbox wallet for whatever client speaks MCP, with or without a benchmark."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ._options import ConfigOption, SeedOption
from ._settings import resolve

if TYPE_CHECKING:
    from reev_runner.suite import Trial
    from reev_tools.wallet import Wallet
    from reev_types.agents import AgentRequest
    from reev_types.benchmarks import TestCase

__all__ = ["mcp"]

_LAMPORTS = 4 * 10**9
_USDC_RAW = 200 * 10**6


def mcp(
    benchmark: Annotated[str | None, typer.Argument(metavar="BENCHMARK", hidden=True)] = None,
    seed: SeedOption = None,
    config: ConfigOption = None,
) -> None:
    """Serve the tools of a sandbox wallet over MCP, on standard input and output.

    BENCHMARK is a file, or a built-in benchmark by its id or number: the wallet then starts in its initial state, the
    client is told the prompt, and when it closes the connection the verdict is printed to standard error. Without
    one, the wallet has 4 SOL and 200 USDC in the default market, and nothing is judged.

    Exit status: 0 passed or not judged, 1 failed, 2 wrong usage or a bad file, 3 the environment failed.
    """
    import asyncio

    from reev_agent.mcp import require_extra

    settings = resolve({"seed": seed}, os.environ, config)
    require_extra()
    if benchmark is None:
        asyncio.run(_unjudged(settings.seed))
        return
    trial = asyncio.run(_judged(_case(benchmark), benchmark, settings.seed))
    raise typer.Exit(_report(trial))


def _case(benchmark: str) -> TestCase:
    from reev_runner.files import find_benchmarks, load_case
    from reev_types.errors import UsageError

    paths = find_benchmarks([benchmark])
    if len(paths) > 1:
        raise UsageError(
            "several_benchmarks", f"{benchmark} names {len(paths)} benchmarks, and one wallet starts in one"
        )
    return load_case(paths[0])


async def _judged(case: TestCase, selector: str, seed: int) -> Trial:
    from reev_agent.mcp import McpAgent
    from reev_orchestrator import TemplateRenderer
    from reev_runner.execution import TrialRunner, choose_agent, embedded_sandbox
    from reev_runner.journal import fold
    from reev_runner.suite import Trial
    from reev_runner.system import SystemClock

    agent = McpAgent(_announce)
    runner = TrialRunner(embedded_sandbox, SystemClock(), TemplateRenderer())
    events = await runner.run(case, choose_agent(agent), seed, timing={"path": selector})
    await agent.finish()
    return Trial(fold(events), events)


def _report(trial: Trial) -> int:
    from reev_runner.report import Detail, console_on, exit_status, print_trial

    print_trial(console_on(sys.stderr), trial, Detail.FULL)
    return exit_status([trial])


def _announce(request: AgentRequest) -> None:
    from reev_types.amounts import format_ui
    from reev_types.tokens import SOL

    wallet = request.context.wallet_context
    held = [f"{format_ui(wallet.sol_balance, SOL.decimals)} SOL"]
    held += [f"{token.formatted_amount} {token.symbol}" for token in wallet.token_balances.values()]
    _say(f"{request.benchmark_id}, {request.step_id}: wallet {wallet.owner} with {', '.join(held)}")


def _say(text: str) -> None:
    from reev_runner.report import one_line

    typer.echo(one_line(text, 600), err=True)


async def _unjudged(seed: int) -> None:
    from reev_agent.mcp import serve
    from reev_tools.wallet import WalletTools

    wallet = await _wallet(seed)
    _say(f"wallet {wallet.address} with 4 SOL, 200 USDC in the default market; nothing is judged")
    await serve(WalletTools(wallet), instructions=f"The wallet {wallet.address} lives in a sandbox: nothing is real.")


async def _wallet(seed: int) -> Wallet:
    from reev_runner.execution import embedded_sandbox
    from reev_tools.chain import Keyring
    from reev_tools.wallet import Wallet
    from reev_types.benchmarks import USER_WALLET
    from reev_types.tokens import find_token

    keyring = Keyring(seed, "mcp")
    sandbox = embedded_sandbox("default")
    chain = await sandbox.open(keyring, seed)
    address = keyring.address(USER_WALLET)
    await chain.set_lamports(address, _LAMPORTS)
    await chain.set_token_balance(address, find_token("USDC").mint, _USDC_RAW)
    return Wallet(address, chain, names={USER_WALLET: address}, jupiter=sandbox.jupiter(chain))
