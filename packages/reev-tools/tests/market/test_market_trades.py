"""Real instructions in the market's own worlds: what is paid is what was quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from reev_tools.chain import EmbeddedChain, Keyring, Vm, associated_token_address
from reev_tools.market import MARKET_NAMES, Market
from reev_tools.market.lend import (
    EVERYTHING,
    LendError,
    LendOperation,
    VaultTerms,
    lend_instruction,
    preview,
    read_vault,
)
from reev_tools.market.swap import (
    FORMS,
    Hop,
    SwapArguments,
    SwapParties,
    quote_in,
    quote_out,
    read_pool,
    route_plan,
    swap_instruction,
)
from reev_types.chain import Instruction, TransactionOutcome
from reev_types.tokens import find_token

YEAR = 31_536_000
POOLS = [pool.name for pool in Market.named().pools]
VAULTS = sorted(Market.named().data.vaults)


@dataclass
class Customer:
    """A wallet on a chain of its own that starts in a market's world."""

    market: Market
    chain: EmbeddedChain
    wallet: str

    async def hop(self, pool_name: str, mint_in: str) -> Hop:
        pool = next(pool for pool in self.market.pools if pool.name == pool_name)
        return (await read_pool(self.chain, pool.address)).hop(mint_in)

    async def held(self, mint: str) -> int:
        program = (await self.chain.mint(mint)).program
        account = await self.chain.token_account(associated_token_address(self.wallet, mint, program))
        return account.amount_raw if account else 0

    async def send(self, instruction: Instruction, *tables: str) -> TransactionOutcome:
        prepared = await self.chain.prepare([instruction], payer=self.wallet, lookup_tables=tables)
        return await self.chain.submit(prepared)

    async def swap(self, hops: Sequence[Hop], amount_raw: int, form: str = "route") -> Instruction:
        """Give the wallet exactly what the swap costs, and build it with no slippage allowed."""
        kind = FORMS[form]
        quote = (quote_out if kind.exact_out else quote_in)(hops, amount_raw, shared=kind.shared)
        source = await self.chain.set_token_balance(self.wallet, hops[0].into.mint, quote.paid_raw)
        destination = await self.chain.set_token_balance(self.wallet, hops[-1].out_of.mint, 0)
        quoted_raw = quote.paid_raw if kind.exact_out else quote.received_raw
        arguments = SwapArguments(kind, route_plan(hops), amount_raw, quoted_raw, 0)
        return swap_instruction(arguments, hops, SwapParties(self.wallet, source, destination))


@pytest.fixture(scope="module")
def vms() -> dict[str, Vm]:
    return {}


@pytest.fixture
def customer_of(vms):
    async def customer_of(name: str = "default") -> Customer:
        market = Market.named(name)
        if name not in vms:
            vms[name] = Vm(market.world())
        keys = Keyring(0, "customer")
        chain = EmbeddedChain(vms[name], keys)
        wallet = keys.address("USER")
        await chain.set_lamports(wallet, 10**10)
        return Customer(market, chain, wallet)

    return customer_of


def vault_of(market: Market, symbol: str) -> VaultTerms:
    return next(vault for vault in market.vaults() if vault.mint == market.tokens[symbol].mint)


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("pool_name", POOLS)
async def test_every_pool_pays_what_is_quoted_in_both_directions(customer_of, pool_name, side):
    customer = await customer_of()
    pool = next(pool for pool in customer.market.pools if pool.name == pool_name)
    mint = (pool.mint_a, pool.mint_b)[side]
    amount_raw = (pool.reserve_a_raw, pool.reserve_b_raw)[side] // 1_000
    hop = await customer.hop(pool_name, mint)
    outcome = await customer.send(await customer.swap([hop], amount_raw))
    assert outcome.failure is None
    assert await customer.held(mint) == 0
    assert await customer.held(hop.out_of.mint) == quote_in([hop], amount_raw).received_raw > 0


@pytest.mark.parametrize("form", ["shared_accounts_route", "shared_accounts_exact_out_route"])
@pytest.mark.parametrize(("start", "end"), [("PYUSD", "SOL"), ("BONK", "EURC"), ("mSOL", "JitoSOL")])
async def test_shared_routes_find_their_accounts(customer_of, form, start, end):
    customer = await customer_of()
    first = await customer.hop(f"{start}-USDC", find_token(start).mint)
    second = await customer.hop("SOL-USDC" if end == "SOL" else f"{end}-USDC", find_token("USDC").mint)
    outcome = await customer.send(await customer.swap([first, second], 10**6, form))
    assert outcome.failure is None
    assert await customer.held(find_token(end).mint) > 0


@pytest.mark.parametrize("symbol", VAULTS)
async def test_every_vault_takes_deposits_at_the_price_of_its_clock(customer_of, symbol):
    customer = await customer_of()
    terms = vault_of(customer.market, symbol)
    await customer.chain.set_token_balance(customer.wallet, terms.mint, 10**8)
    await customer.chain.set_token_balance(customer.wallet, terms.addresses.f_token_mint, 0)
    await customer.chain.advance(seconds=YEAR)
    price = (await read_vault(customer.chain, terms.mint)).price_at(YEAR)
    call = lend_instruction(LendOperation.DEPOSIT, terms.addresses, customer.wallet, 10**8)
    outcome = await customer.send(call)
    assert outcome.failure is None
    expected_raw = preview(LendOperation.DEPOSIT, 10**8, price).shares_raw
    assert await customer.held(terms.addresses.f_token_mint) == expected_raw < 10**8


@pytest.mark.parametrize("symbol", VAULTS)
async def test_conjured_shares_can_be_redeemed_after_a_year(customer_of, symbol):
    customer = await customer_of()
    terms = vault_of(customer.market, symbol)
    shares_raw = 10_000 * 10**terms.decimals
    await customer.chain.set_token_balance(customer.wallet, terms.mint, 0)
    await customer.chain.set_token_balance(customer.wallet, terms.addresses.f_token_mint, shares_raw)
    await customer.chain.advance(seconds=YEAR)
    outcome = await customer.send(lend_instruction(LendOperation.REDEEM, terms.addresses, customer.wallet, EVERYTHING))
    assert outcome.failure is None
    assert await customer.held(terms.mint) > shares_raw * terms.base_price // 10**12


@pytest.mark.parametrize("symbol", VAULTS)
def test_liquidity_covers_all_shares_and_the_interest_of_a_year(symbol):
    vault = Market.named().data.vaults[symbol]
    owed_raw = vault.supply_raw * vault.share_price // 10**12
    assert vault.liquidity_raw > owed_raw + owed_raw * vault.rate_bps // 10_000


async def test_an_empty_vault_refuses_a_withdrawal_and_takes_a_deposit(customer_of):
    customer = await customer_of("empty_vault")
    terms = vault_of(customer.market, "USDC")
    await customer.chain.set_token_balance(customer.wallet, terms.mint, 10**7)
    await customer.chain.set_token_balance(customer.wallet, terms.addresses.f_token_mint, 10**8)
    withdraw = lend_instruction(LendOperation.WITHDRAW, terms.addresses, customer.wallet, 10**7)
    assert (await customer.send(withdraw)).failure.custom_code == LendError.F_TOKEN_CPI_TO_LIQUIDITY_FAILED
    deposit = lend_instruction(LendOperation.DEPOSIT, terms.addresses, customer.wallet, 10**7)
    assert (await customer.send(deposit)).failure is None
    await customer.chain.advance(slots=1)
    assert (await customer.send(withdraw)).failure is None


@pytest.mark.parametrize("name", MARKET_NAMES)
async def test_every_market_trades(customer_of, name):
    customer = await customer_of(name)
    sol = find_token("SOL").mint
    hop = await customer.hop("SOL-USDT", sol)
    assert (await customer.send(await customer.swap([hop], 10**7))).failure is None
    assert await customer.held(find_token("USDT").mint) == quote_in([hop], 10**7).received_raw


async def test_a_world_that_starts_late_has_the_same_share_prices(customer_of):
    customer = await customer_of()
    now = 1_795_000_000
    early = [(await read_vault(customer.chain, vault.mint)).price_at(YEAR) for vault in customer.market.vaults()]
    for account in customer.market.accounts(now):
        await customer.chain.set_account(account)
    late = [(await read_vault(customer.chain, vault.mint)).price_at(now + YEAR) for vault in customer.market.vaults()]
    assert late == early
