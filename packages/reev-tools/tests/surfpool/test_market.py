"""Jupiter's programs on a real node: what they pay there is what they pay in the embedded chain, to the unit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from reev_tools.chain import EmbeddedChain, Keyring, Vm
from reev_tools.market import Market
from reev_tools.market.lend import LendOperation, lend_instruction
from reev_tools.market.swap import (
    FORMS,
    SwapArguments,
    SwapParties,
    quote_in,
    read_pool,
    route_plan,
    swap_instruction,
)
from reev_types.chain import Instruction, SandboxChain, TransactionOutcome
from reev_types.tokens import SOL_MINT, find_token

SOL = 10**9
USDC = find_token("USDC")
MARKET = Market.named()
WORLD = MARKET.world()
YEAR_S = 365 * 86_400

Story = Callable[[SandboxChain, str], Awaitable[list[TransactionOutcome]]]


async def send(chain: SandboxChain, wallet: str, *orders: Instruction) -> TransactionOutcome:
    prepared = await chain.prepare(orders, payer=wallet, lookup_tables=[MARKET.lookup_table])
    return await chain.submit(prepared)


async def swap(chain: SandboxChain, wallet: str, spend_raw: int, quoted_raw: int | None = None) -> TransactionOutcome:
    """Sell wrapped SOL for USDC."""
    pool = next(pool for pool in MARKET.pools if {pool.mint_a, pool.mint_b} == {SOL_MINT, USDC.mint})
    hops = [(await read_pool(chain, pool.address)).hop(SOL_MINT)]
    source = await chain.set_token_balance(wallet, SOL_MINT, spend_raw)
    target = await chain.set_token_balance(wallet, USDC.mint, 0)
    expected = quote_in(hops, spend_raw).received_raw if quoted_raw is None else quoted_raw
    arguments = SwapArguments(FORMS["route"], route_plan(hops), spend_raw, expected, 0, 0)
    return await send(chain, wallet, swap_instruction(arguments, hops, SwapParties(wallet, source, target)))


async def deposit(chain: SandboxChain, wallet: str, amount_raw: int) -> TransactionOutcome:
    vault = next(vault for vault in MARKET.vaults() if vault.mint == USDC.mint)
    await chain.set_token_balance(wallet, vault.mint, amount_raw)
    await chain.set_token_balance(wallet, vault.addresses.f_token_mint, 0)
    return await send(chain, wallet, lend_instruction(LendOperation("deposit"), vault.addresses, wallet, amount_raw))


async def a_swap(chain: SandboxChain, wallet: str) -> list[TransactionOutcome]:
    return [await swap(chain, wallet, SOL // 3), await swap(chain, wallet, 1_007)]


async def a_swap_below_its_quote(chain: SandboxChain, wallet: str) -> list[TransactionOutcome]:
    return [await swap(chain, wallet, SOL, quoted_raw=10**15)]


async def deposits_a_year_apart(chain: SandboxChain, wallet: str) -> list[TransactionOutcome]:
    first = await deposit(chain, wallet, 1_000_000_007)
    await chain.advance(seconds=YEAR_S, slots=1_000)
    return [first, await deposit(chain, wallet, 1_000_000_007)]


def told(outcomes: list[TransactionOutcome]) -> list[dict[str, Any]]:
    """All but the signatures: the blockhashes, and so they, are the node's own."""
    return [outcome.model_dump(exclude={"signature"}) for outcome in outcomes]


@pytest.fixture(scope="module")
def vm() -> Vm:
    return Vm(WORLD)


@pytest.mark.parametrize(
    ("story", "succeeds"),
    [(a_swap, True), (a_swap_below_its_quote, False), (deposits_a_year_apart, True)],
    ids=lambda value: getattr(value, "__name__", None),
)
async def test_the_programs_do_the_same_on_both_chains(
    story: Story, succeeds: bool, vm: Vm, open_surfpool: Any
) -> None:
    found = []
    keys = Keyring(0, story.__name__)
    wallet = keys.address("MARIA")
    for chain in (EmbeddedChain(vm, keys), await open_surfpool(keys, WORLD)):
        await chain.set_lamports(wallet, 10 * SOL)
        outcomes = await story(chain, wallet)
        assert [outcome.succeeded for outcome in outcomes] == [succeeds] * len(outcomes), outcomes
        found.append((told(outcomes), await chain.account(wallet), await chain.token_accounts(wallet)))
    embedded, real = found
    assert real == embedded
