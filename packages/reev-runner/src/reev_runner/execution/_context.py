"""What the agent is told before a step, read from the chain at that moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reev_tools.jupiter import JupiterClient, JupiterServiceError
from reev_types.amounts import format_ui
from reev_types.atomicity import AtomicMode
from reev_types.chain import Chain
from reev_types.contexts import FlowState, PreviousResult, PromptContext, TokenBalance, WalletContext
from reev_types.tokens import symbol_of, token_of

from ._valuation import share_prices
from ._world import PreparedWorld

__all__ = ["Progress", "prompt_context"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a flow has come."""

    index: int
    total: int
    mode: AtomicMode
    results: Sequence[PreviousResult]


async def prompt_context(
    world: PreparedWorld, progress: Progress, prices_usd: Mapping[str, Decimal], sol_reserve_lamports: int
) -> PromptContext:
    """Return the context of the step at ``progress.index``; ``prices_usd`` are those of the world's start.

    Lend shares that the wallet holds have the price of this moment, none where their vault is out of order.
    """
    results = progress.results
    return PromptContext(
        wallet_context=await _wallet_context(world, prices_usd),
        flow_state=FlowState(
            current_step_index=progress.index,
            total_steps=progress.total,
            atomic_mode=progress.mode,
            previous_step_success=results[-1].success if results else None,
        ),
        previous_results=tuple(results),
        accounts=world.addresses,
        sol_reserve_lamports=sol_reserve_lamports,
        generated_at=(await world.chain.clock()).unix_timestamp,
    )


async def _wallet_context(world: PreparedWorld, prices_usd: Mapping[str, Decimal]) -> WalletContext:
    chain, wallet = world.chain, world.wallet
    account = await chain.account(wallet)
    totals: dict[str, int] = {}
    for token in await chain.token_accounts(wallet):
        totals[token.mint] = totals.get(token.mint, 0) + token.amount_raw
    # Built of what a chain and a market said, hence valid; validating a dozen prices takes as long as a transaction.
    return WalletContext.model_construct(
        owner=wallet,
        sol_balance=account.lamports if account else 0,
        token_balances={mint: await _token_balance(chain, mint, raw) for mint, raw in sorted(totals.items())},
        token_prices=await _prices_now(world.jupiter, prices_usd, {mint for mint, raw in totals.items() if raw}),
    )


async def _prices_now(
    jupiter: JupiterClient, prices_usd: Mapping[str, Decimal], held: Collection[str]
) -> dict[str, Decimal]:
    shares = {mint for mint in held if (token := token_of(mint)) and token.underlying}
    if not shares:
        return dict(prices_usd)
    try:
        vaults = await jupiter.lend_tokens()
    except JupiterServiceError:
        vaults = ()
    unheld = {mint: price for mint, price in prices_usd.items() if mint not in shares}
    return unheld | share_prices([vault for vault in vaults if vault.address in shares], prices_usd)


async def _token_balance(chain: Chain, mint: str, balance_raw: int) -> TokenBalance:
    info = await chain.mint(mint)
    return TokenBalance(
        mint=mint,
        balance=balance_raw,
        decimals=info.decimals if info else None,
        symbol=symbol_of(mint),
        formatted_amount=format_ui(balance_raw, info.decimals) if info else None,
    )
