"""A customer of the default market, and the swaps and loans that a decoder is to read."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from reev_tools.chain import EmbeddedChain, Keyring, Vm
from reev_tools.market import Market
from reev_tools.market.lend import LendOperation, VaultAddresses, lend_instruction, vault_addresses
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
from reev_types.tokens import SOL_MINT, TOKEN_PROGRAM, find_token

USDC = find_token("USDC").mint
VAULT = vault_addresses(USDC, TOKEN_PROGRAM)


@dataclass
class Customer:
    """A wallet with SOL, wrapped SOL, USDC and shares of the USDC vault."""

    chain: EmbeddedChain
    address: str
    sol: str
    usdc: str
    hop: Hop

    @property
    def vault(self) -> VaultAddresses:
        return VAULT

    def swap(self, form: str, amount_raw: int = 10**6, slippage_bps: int = 0) -> Instruction:
        exact_out, shared = FORMS[form].exact_out, FORMS[form].shared
        quote = (quote_out if exact_out else quote_in)([self.hop], amount_raw, shared=shared)
        quoted_raw = quote.paid_raw if exact_out else quote.received_raw
        arguments = SwapArguments(FORMS[form], route_plan([self.hop]), amount_raw, quoted_raw, slippage_bps)
        return swap_instruction(arguments, [self.hop], SwapParties(self.address, self.sol, self.usdc))

    def lend(self, operation: LendOperation, amount_raw: int, bound_raw: int | None = None) -> Instruction:
        return lend_instruction(operation, VAULT, self.address, amount_raw, bound_raw=bound_raw)

    async def send(self, *instructions: Instruction) -> TransactionOutcome:
        return await self.chain.submit(await self.chain.prepare(instructions, payer=self.address))


@pytest.fixture(scope="session")
def market_vm() -> Vm:
    return Vm(Market.named().world())


@pytest.fixture
async def customer(market_vm: Vm) -> Customer:
    keys = Keyring(0, "customer")
    chain, address = EmbeddedChain(market_vm, keys), keys.address("customer")
    await chain.set_lamports(address, 10**10)
    sol = await chain.set_token_balance(address, SOL_MINT, 10**9)
    usdc = await chain.set_token_balance(address, USDC, 10**9)
    await chain.set_token_balance(address, VAULT.f_token_mint, 10**9)
    terms = next(pool for pool in Market.named().pools if {pool.mint_a, pool.mint_b} == {SOL_MINT, USDC})
    pool = await read_pool(chain, terms.address)
    return Customer(chain, address, sol, usdc, pool.hop(SOL_MINT))
