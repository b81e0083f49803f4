"""A chain whose connection breaks as a schedule says."""

from __future__ import annotations

from collections.abc import Sequence

from reev_types.chain import (
    AccountState,
    ChainClock,
    Checkpoint,
    Instruction,
    MintInfo,
    SandboxChain,
    SignedTransaction,
    TokenAccount,
    TransactionOutcome,
)
from reev_types.errors import ChainError

from ._schedule import FaultSchedule

__all__ = ["FaultyChain"]


class FaultyChain:
    """``chain`` as a SandboxChain on which the faults of ``schedule`` strike.

    A broken connection is ChainError ``rpc_unreachable``, as from a node over HTTP.
    """

    def __init__(self, chain: SandboxChain, schedule: FaultSchedule) -> None:
        self._chain = chain
        self._schedule = schedule

    async def account(self, address: str) -> AccountState | None:
        await self._schedule.refresh()
        return await self._chain.account(address)

    async def mint(self, address: str) -> MintInfo | None:
        return await self._chain.mint(address)

    async def token_account(self, address: str) -> TokenAccount | None:
        await self._schedule.refresh()
        return await self._chain.token_account(address)

    async def token_accounts(self, owner: str) -> tuple[TokenAccount, ...]:
        await self._schedule.refresh()
        return await self._chain.token_accounts(owner)

    def associated_token_address(self, owner: str, mint: str, program: str) -> str:
        return self._chain.associated_token_address(owner, mint, program)

    async def clock(self) -> ChainClock:
        return await self._chain.clock()

    async def minimum_balance(self, size: int) -> int:
        return await self._chain.minimum_balance(size)

    async def prepare(
        self, instructions: Sequence[Instruction], *, payer: str, lookup_tables: Sequence[str] = ()
    ) -> SignedTransaction:
        return await self._chain.prepare(instructions, payer=payer, lookup_tables=lookup_tables)

    async def simulate(self, transaction: SignedTransaction) -> TransactionOutcome:
        await self._schedule.refresh()
        return await self._chain.simulate(transaction)

    async def submit(self, transaction: SignedTransaction) -> TransactionOutcome:
        """Send, unless the connection breaks before; return the fate, unless it breaks after."""
        dropped, lost = await self._schedule.before_sending()
        if dropped is not None:
            raise self._broken(dropped.kind, transaction)
        if lost is None:
            return await self._chain.submit(transaction)
        broken = self._broken(lost.kind, transaction)
        await self._chain.submit(transaction)
        raise broken

    async def landed(self, signature: str) -> TransactionOutcome | None:
        return await self._chain.landed(signature)

    async def is_current(self, blockhash: str) -> bool:
        return await self._chain.is_current(blockhash)

    async def checkpoint(self) -> Checkpoint:
        return await self._chain.checkpoint()

    async def rewind(self, checkpoint: Checkpoint) -> None:
        await self._chain.rewind(checkpoint)

    async def set_lamports(self, address: str, lamports: int) -> None:
        await self._chain.set_lamports(address, lamports)

    async def set_account(self, account: AccountState) -> None:
        await self._chain.set_account(account)

    async def set_token_balance(self, owner: str, mint: str, amount_raw: int, *, lamports: int | None = None) -> str:
        return await self._chain.set_token_balance(owner, mint, amount_raw, lamports=lamports)

    async def advance(self, *, slots: int = 0, seconds: int = 0) -> None:
        await self._chain.advance(slots=slots, seconds=seconds)

    async def history(self) -> tuple[TransactionOutcome, ...]:
        return await self._chain.history()

    async def state_hash(self) -> str:
        return await self._chain.state_hash()

    def _broken(self, kind: str, transaction: SignedTransaction) -> ChainError:
        self._schedule.tell(kind, transaction.signature)
        context: dict[str, str | int] = {"method": "sendTransaction"}
        return ChainError("rpc_unreachable", "no answer to sendTransaction: the connection broke", context=context)
