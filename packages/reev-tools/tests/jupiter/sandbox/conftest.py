"""MARIA on a chain with a market, and what the tests of the sandbox do with her."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from reev_tools.chain import EmbeddedChain, Keyring, Vm, associated_token_address
from reev_tools.jupiter import Quote, QuoteRequest, SandboxJupiter, SwapInstructions, SwapInstructionsRequest
from reev_tools.market import Market
from reev_types.chain import Instruction, TransactionOutcome
from reev_types.errors import ReevError
from reev_types.tokens import SOL_MINT, find_token

SOL = 10**9


@dataclass
class Desk:
    """One session: MARIA trades, ZOE takes the platform's fees."""

    market: Market
    chain: EmbeddedChain
    jupiter: SandboxJupiter
    keys: Keyring
    maria: str
    zoe: str

    async def give(self, token: str, amount_raw: int, owner: str | None = None) -> str:
        return await self.chain.set_token_balance(owner or self.maria, mint_of(token), amount_raw)

    def account(self, token: str, owner: str | None = None) -> str:
        return associated_token_address(owner or self.maria, mint_of(token), find_token(token).program)

    async def held(self, token: str, owner: str | None = None) -> int:
        account = await self.chain.token_account(self.account(token, owner))
        return account.amount_raw if account else 0

    async def lamports(self, address: str | None = None) -> int:
        account = await self.chain.account(address or self.maria)
        return account.lamports if account else 0

    async def pool_holds(self, name: str, a_raw: int, b_raw: int) -> None:
        (pool,) = (pool for pool in self.market.pools if pool.name == name)
        await self.chain.set_token_balance(pool.address, pool.mint_a, a_raw)
        await self.chain.set_token_balance(pool.address, pool.mint_b, b_raw)

    async def quote(self, paid: str, received: str, amount_raw: int, **options: Any) -> Quote:
        request = QuoteRequest(
            input_mint=mint_of(paid), output_mint=mint_of(received), amount_raw=amount_raw, **options
        )
        return await self.jupiter.quote(request)

    async def refusal(self, paid: str, received: str, amount_raw: int, **options: Any) -> ReevError:
        with pytest.raises(ReevError) as caught:
            await self.quote(paid, received, amount_raw, **options)
        return caught.value

    async def instructions(self, quote: Quote, **options: Any) -> SwapInstructions:
        request = SwapInstructionsRequest(user_public_key=self.maria, quote_response=quote, **options)
        return await self.jupiter.swap_instructions(request)

    async def swap(self, quote: Quote, **options: Any) -> TransactionOutcome:
        built = await self.instructions(quote, **options)
        return await self.send(*in_order(built), tables=built.address_lookup_table_addresses)

    async def send(self, *instructions: Instruction, tables: tuple[str, ...] = ()) -> TransactionOutcome:
        order = await self.chain.prepare(instructions, payer=self.maria, lookup_tables=tables)
        return await self.chain.submit(order)


def mint_of(token: str) -> str:
    return find_token(token).mint if token != "SOL" else SOL_MINT


def in_order(built: SwapInstructions) -> list[Instruction]:
    cleanup = (built.cleanup_instruction,) if built.cleanup_instruction else ()
    wire = (*built.compute_budget_instructions, *built.setup_instructions, built.swap_instruction, *cleanup)
    return [message.instruction for message in wire]


@pytest.fixture(scope="session")
def vm() -> Vm:
    return Vm(Market.named().world())


@pytest.fixture(scope="session")
def open_desk(vm: Vm) -> Callable[..., Any]:
    async def open_desk(market: Market | None = None) -> Desk:
        keys = Keyring(0, "jupiter")
        chain = EmbeddedChain(vm, keys)
        for account in market.accounts() if market else ():
            await chain.set_account(account)
        market = market or Market.named()
        desk = Desk(market, chain, SandboxJupiter(market, chain), keys, keys.address("MARIA"), keys.address("ZOE"))
        await chain.set_lamports(desk.maria, 1_000 * SOL)
        return desk

    return open_desk


@pytest.fixture
async def desk(open_desk: Callable[..., Any]) -> Desk:
    return await open_desk()
