"""A small market: MARIA trades, ZOE runs the platform and takes its fee."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from reev_tools.chain import EmbeddedChain, Keyring, Vm, World, associated_token_address, encode_mint
from reev_tools.market.swap import (
    FORMS,
    SWAP_PROGRAM,
    Hop,
    LivePool,
    Pool,
    Quote,
    SwapArguments,
    SwapParties,
    decode_arguments,
    encode_arguments,
    pool_account,
    program_authority,
    quote_in,
    quote_out,
    read_pool,
    route_plan,
    swap_image,
    swap_instruction,
)
from reev_types.chain import AccountMeta, AccountState, Instruction, TransactionFailure, TransactionOutcome
from reev_types.tokens import SOL_MINT, TOKEN_2022_PROGRAM, find_token

RAYDIUM, WHIRLPOOL = 7, 17
USDC, JUP = find_token("USDC").mint, find_token("JUP").mint
TRANSFER_FEE_CONFIG = 1


@dataclass
class Market:
    """One session with the program, and what the tests of swaps share."""

    chain: EmbeddedChain
    keys: Keyring
    maria: str
    zoe: str

    async def open_pool(
        self, mint_a: str, mint_b: str, a_raw: int, b_raw: int, *, fee_bps: int = 30, venue: int = RAYDIUM
    ) -> LivePool:
        programs = [(await self.chain.mint(mint)).program for mint in (mint_a, mint_b)]
        pool = Pool.at_venue(mint_a, mint_b, venue=venue, fee_bps=fee_bps, program_a=programs[0], program_b=programs[1])
        await self.chain.set_account(pool_account(pool))
        await self.chain.set_token_balance(pool.address, mint_a, a_raw)
        await self.chain.set_token_balance(pool.address, mint_b, b_raw)
        return await read_pool(self.chain, pool.address)

    async def mint_with_fee(self, name: str, *, basis_points: int = 100, maximum_raw: int = 10**12) -> str:
        address = self.keys.address(name)
        terms = struct.pack("<QQH", 0, maximum_raw, basis_points)
        config = bytes(64) + struct.pack("<Q", 0) + terms + terms
        data = encode_mint(decimals=6, supply_raw=2**63, extensions=[(TRANSFER_FEE_CONFIG, config)])
        await self.chain.set_account(AccountState(address=address, owner=TOKEN_2022_PROGRAM, lamports=10**7, data=data))
        return address

    async def give(self, mint: str, amount_raw: int, owner: str | None = None) -> str:
        return await self.chain.set_token_balance(owner or self.maria, mint, amount_raw)

    async def held(self, mint: str, owner: str | None = None) -> int:
        program = (await self.chain.mint(mint)).program
        account = await self.chain.token_account(associated_token_address(owner or self.maria, mint, program))
        return account.amount_raw if account else 0

    async def parties(self, form: str, hops: Sequence[Hop], spend_raw: int, platform_fee_bps: int = 0) -> SwapParties:
        """Give MARIA what she spends, and everybody the accounts that the form needs."""
        mint_in, mint_out = hops[0].into.mint, hops[-1].out_of.mint
        if FORMS[form].shared:
            for mint in (mint_in, mint_out):
                await self.give(mint, 0, program_authority(0))
        fee_mint = mint_in if FORMS[form].exact_out else mint_out
        fee_account = await self.give(fee_mint, 0, self.zoe) if platform_fee_bps else None
        return SwapParties(self.maria, await self.give(mint_in, spend_raw), await self.give(mint_out, 0), fee_account)

    async def instruction(
        self,
        form: str,
        hops: Sequence[Hop],
        amount_raw: int,
        *,
        slippage_bps: int = 0,
        platform_fee_bps: int = 0,
        spend_raw: int | None = None,
        quoted_raw: int | None = None,
    ) -> Instruction:
        """Build a swap of MARIA's, who has exactly what the quote asks for unless told otherwise."""
        exact_out = FORMS[form].exact_out
        if spend_raw is None or quoted_raw is None:
            quote = quote_of(form, hops, amount_raw, platform_fee_bps)
            spend_raw = quote.paid_raw if spend_raw is None else spend_raw
            expected_raw = quote.paid_raw if exact_out else quote.received_raw
            quoted_raw = expected_raw if quoted_raw is None else quoted_raw
        parties = await self.parties(form, hops, spend_raw, platform_fee_bps)
        arguments = SwapArguments(FORMS[form], route_plan(hops), amount_raw, quoted_raw, slippage_bps, platform_fee_bps)
        return swap_instruction(arguments, hops, parties)

    async def send(self, *instructions: Instruction) -> TransactionOutcome:
        return await self.chain.submit(await self.chain.prepare(instructions, payer=self.maria))

    async def swap(self, form: str, hops: Sequence[Hop], amount_raw: int, **options: int) -> TransactionOutcome:
        return await self.send(await self.instruction(form, hops, amount_raw, **options))


def quote_of(form: str, hops: Sequence[Hop], amount_raw: int, platform_fee_bps: int = 0) -> Quote:
    quote = quote_out if FORMS[form].exact_out else quote_in
    return quote(hops, amount_raw, platform_fee_bps=platform_fee_bps, shared=FORMS[form].shared)


@pytest.fixture(scope="session")
def vm() -> Vm:
    return Vm(World.genesis(programs={SWAP_PROGRAM: swap_image()}))


@pytest.fixture(scope="session")
def open_market(vm):
    async def open_market() -> Market:
        keys = Keyring(0, "market")
        market = Market(EmbeddedChain(vm, keys), keys, keys.address("MARIA"), keys.address("ZOE"))
        await market.chain.set_lamports(market.maria, 10**12)
        return market

    return open_market


@pytest.fixture
async def market(open_market) -> Market:
    return await open_market()


@dataclass
class Attack:
    """An ordinary swap of one unit of a token, to be bent; whatever it asks for, only the fee may be lost."""

    market: Market
    instruction: Instruction
    form: str
    hops: tuple[Hop, ...]

    def at(self, role: str) -> int:
        """Return where an account stands: a role of the form, or ``hop0.pool`` and the like."""
        fixed = FORMS[self.form].accounts
        if not role.startswith("hop"):
            return fixed.index(role)
        hop, _, part = role.removeprefix("hop").partition(".")
        return len(fixed) + 5 * int(hop) + ("pool", "vault_in", "vault_out", "mint_in", "mint_out").index(part)

    def address(self, role: str) -> str:
        return self.instruction.accounts[self.at(role)].pubkey

    def swap_in(self, role: str, **changes: object) -> None:
        """Change the account of a role: its ``pubkey``, ``is_signer`` or ``is_writable``."""
        accounts = list(self.instruction.accounts)
        accounts[self.at(role)] = accounts[self.at(role)].model_copy(update=changes)
        self.cut(accounts)

    def cut(self, accounts: Sequence[AccountMeta]) -> None:
        self.instruction = self.instruction.model_copy(update={"accounts": tuple(accounts)})

    def argue(self, **changes: object) -> None:
        arguments = replace(decode_arguments(self.instruction.data), **changes)
        self.say(encode_arguments(arguments))

    def say(self, data: bytes) -> None:
        self.instruction = self.instruction.model_copy(update={"data": data})

    async def refused(self, payer: str | None = None) -> TransactionFailure:
        """Send it, and return why it failed; everything but the payer's fee must be as before."""
        chain = self.market.chain
        payer = payer or self.market.maria
        addresses = sorted({payer, *(meta.pubkey for meta in self.instruction.accounts)})
        before = {address: await chain.account(address) for address in addresses}
        outcome = await chain.submit(await chain.prepare([self.instruction], payer=payer))
        assert outcome.landed
        assert outcome.failure is not None
        paid = before[payer].lamports - outcome.fee_lamports
        before[payer] = before[payer].model_copy(update={"lamports": paid})
        assert {address: await chain.account(address) for address in addresses} == before
        return outcome.failure


@pytest.fixture
def plan_attack(market):
    async def plan_attack(form: str = "route", hop_count: int = 1, **options: int) -> Attack:
        sol_usdc = await market.open_pool(SOL_MINT, USDC, 1_000 * 10**9, 150_000 * 10**6)
        jup_usdc = await market.open_pool(JUP, USDC, 300_000 * 10**6, 150_000 * 10**6, venue=WHIRLPOOL)
        hops = (sol_usdc.hop(SOL_MINT), jup_usdc.hop(USDC))[:hop_count]
        instruction = await market.instruction(form, hops, 10**6, **options)
        return Attack(market, instruction, form, hops)

    return plan_attack
