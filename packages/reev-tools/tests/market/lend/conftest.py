from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import reev_tools.market.lend as lend
from reev_tools.chain import EmbeddedChain, Keyring, Vm, World
from reev_tools.market.lend import LendOperation, VaultTerms
from reev_tools.market.lend._layouts import TOKEN_RESERVE, USER_SUPPLY_POSITION
from reev_types.chain import AccountState, Instruction, TransactionOutcome
from reev_types.tokens import TOKENS

SOL = 10**9
MILLION = 10**6
IMAGE = Path(lend.__file__).parents[1] / "programs/jupiter_lend.so"


class Holdings(NamedTuple):
    """Every token and every record of supply that a call may move."""

    assets: int
    shares: int
    vault: int
    supply: int
    position: int
    reserve: int


@dataclass
class Lender:
    """A customer in front of one vault on a chain of its own."""

    chain: Any
    keys: Keyring
    terms: VaultTerms
    owner: str
    assets: str
    shares: str

    async def call(
        self,
        operation: str,
        amount_raw: int,
        bound_raw: int | None = None,
        accounts: Mapping[str, str] | None = None,
    ) -> TransactionOutcome:
        return await self.send(self.order(operation, amount_raw, bound_raw, accounts))

    def order(
        self,
        operation: str,
        amount_raw: int,
        bound_raw: int | None = None,
        accounts: Mapping[str, str] | None = None,
    ) -> Instruction:
        return lend.lend_instruction(
            LendOperation(operation),
            self.terms.addresses,
            self.owner,
            amount_raw,
            bound_raw=bound_raw,
            accounts=accounts,
        )

    async def send(self, *orders: Instruction) -> TransactionOutcome:
        return await self.chain.submit(await self.chain.prepare(orders, payer=self.keys.address("payer")))

    async def holdings(self) -> Holdings:
        at = self.terms.addresses
        shares = await self.chain.mint(at.f_token_mint)
        position = USER_SUPPLY_POSITION.decode((await self.chain.account(at.position)).data)
        reserve = TOKEN_RESERVE.decode((await self.chain.account(at.reserve)).data)
        return Holdings(
            assets=await self.balance(self.assets),
            shares=await self.balance(self.shares),
            vault=await self.balance(at.vault),
            supply=shares.supply_raw,
            position=position.amount,
            reserve=reserve.total_supply_with_interest,
        )

    async def balance(self, address: str) -> int:
        return (await self.chain.token_account(address)).amount_raw

    async def alter(self, address: str, at: int, content: bytes, *, owner: str | None = None) -> None:
        """Overwrite bytes of an account, and its owner, by decree."""
        account = await self.chain.account(address)
        data = account.data[:at] + content + account.data[at + len(content) :]
        await self.chain.set_account(account.model_copy(update={"data": data, "owner": owner or account.owner}))


@pytest.fixture(scope="session")
def lend_vm() -> Vm:
    return Vm(World.genesis(lend.shared_lend_accounts(), {lend.LEND_PROGRAM: IMAGE.read_bytes()}))


@pytest.fixture(scope="session")
def open_lender(lend_vm: Vm) -> Callable[..., object]:
    async def open_lender(
        terms: VaultTerms, *, assets_raw: int = 0, shares_raw: int = 0, extra: tuple[AccountState, ...] = ()
    ) -> Lender:
        keys = Keyring(0, "lend")
        chain = EmbeddedChain(lend_vm, keys)
        for account in (*extra, *lend.vault_accounts(terms)):
            await chain.set_account(account)
        owner = keys.address("lender")
        for wallet in (owner, keys.address("payer")):
            await chain.set_lamports(wallet, 10 * SOL)
        assets = await chain.set_token_balance(owner, terms.mint, assets_raw)
        shares = await chain.set_token_balance(owner, terms.addresses.f_token_mint, shares_raw)
        return Lender(chain, keys, terms, owner, assets, shares)

    return open_lender


@dataclass
class Scene:
    """A lender with a neighbour, both with tokens of two vaults, and a watch over all balances."""

    lender: Lender
    neighbour: str
    watched: dict[str, str]
    """Token accounts of both vaults and both wallets."""

    async def balances(self) -> tuple[Any, ...]:
        chain = self.lender.chain
        return tuple([await chain.account(address) for address in self.watched.values()])

    async def refused(self, order: Instruction) -> TransactionOutcome:
        before = await self.balances()
        outcome = await self.lender.send(order)
        assert await self.balances() == before
        assert outcome.failure is not None
        return outcome

    async def code(self, operation: str, **accounts: str) -> int | None:
        """Return the number that the call fails with when these accounts stand in for the right ones."""
        outcome = await self.refused(self.lender.order(operation, MILLION, accounts=accounts))
        return outcome.failure.custom_code if outcome.failure else None

    async def forge(self, original: str, owner: str = lend.LEND_PROGRAM) -> str:
        """Put a perfect copy of an account elsewhere."""
        account = await self.lender.chain.account(original)
        address = self.lender.keys.address(f"forged {original} {owner}")
        await self.lender.chain.set_account(account.model_copy(update={"address": address, "owner": owner}))
        return str(address)


@pytest.fixture
async def scene(open_lender: Callable[..., Any]) -> Scene:
    terms, other = (
        VaultTerms(mint=mint, decimals=6, rate_basis_points=800, supply_raw=10**12, liquidity_raw=10**12)
        for mint in (TOKENS[1].mint, TOKENS[2].mint)
    )
    lender = await open_lender(terms, assets_raw=10**9, shares_raw=10**9, extra=lend.vault_accounts(other))
    neighbour = lender.keys.address("neighbour")
    await lender.chain.set_lamports(neighbour, SOL)
    watched = {"vault": terms.addresses.vault, "other vault": other.addresses.vault}
    for wallet, name in ((lender.owner, "own"), (neighbour, "neighbour's")):
        for mint in (terms.mint, other.mint, terms.addresses.f_token_mint, other.addresses.f_token_mint):
            watched[f"{name} {mint}"] = await lender.chain.set_token_balance(wallet, mint, 10**9)
    return Scene(lender, neighbour, watched)
