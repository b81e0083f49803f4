"""A surfpool as a chain of reev's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, TypeVar

from solders.account import Account
from solders.pubkey import Pubkey
from solders.rent import Rent

from reev_tools.chain import Keyring, World, associated_token_address
from reev_tools.chain._compile import compile_message, sign
from reev_tools.chain._decrees import given_account, token_balance_account, wallet_account
from reev_tools.chain._keys import INSTRUCTIONS_SYSVAR, LOADERS, pubkey
from reev_tools.chain._moments import check_forward, later
from reev_tools.chain._refusal import RefusalError
from reev_tools.chain._states import account_state, mint_info, token_account, token_accounts
from reev_tools.chain._tables import lookup_table
from reev_tools.chain._transactions import TransactionReader
from reev_tools.chain._vm import Vm
from reev_types.chain import (
    AccountState,
    ChainClock,
    Checkpoint,
    Instruction,
    MintInfo,
    SignedTransaction,
    TokenAccount,
    TransactionOutcome,
)
from reev_types.errors import ChainError
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM

from ._install import install, put_all
from ._memory import Memory, SurfpoolCheckpoint, epoch_of
from ._node import Node
from ._orders import Order, admit, explain, foresee, not_landed, outcome_of
from ._rpc import Rpc

__all__ = ["SurfpoolChain"]

T = TypeVar("T")


class SurfpoolChain:
    """A SandboxChain that a surfpool executes, which nobody else may use meanwhile.

    Slot and time are those of the embedded chain: they start alike, a landed transaction takes one slot, and
    programs see them in the clock sysvar, which is set by decree while surfpool's own clock stands still. Two things
    differ. A transaction undone by a rewind cannot be sent again as it is: ChainError ``unsupported``. And wallets
    mirrored by the keyring sign nothing here, since the node checks signatures.
    """

    def __init__(self, node: Node, keyring: Keyring, rent: Rent, origin: str) -> None:
        self._node = node
        self._keyring = keyring
        self._rent = rent
        self._memory = Memory(origin)
        # A keyring without mirrored wallets verifies as the node does.
        self._reader = TransactionReader(Keyring(0, "surfpool"))
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, rpc_url: str, keyring: Keyring, world: World) -> SurfpoolChain:
        """Stop the clock of the surfpool at ``rpc_url``, put ``world`` on it and return the chain; close it in the end.

        Raises ChainError ``rpc_unreachable``, ``rpc_refused``, ``rpc_bad_answer``.
        """
        node = Node(Rpc(rpc_url))
        try:
            await node.pause_clock()
            await install(node, world)
            chain = cls(node, keyring, await node.rent(), world.digest)
            await node.put_clock(chain._memory.sysvar())
        except BaseException:
            await node.aclose()
            raise
        return chain

    async def aclose(self) -> None:
        """Close the connection; the surfpool stays as it is."""
        await self._node.aclose()

    async def account(self, address: str) -> AccountState | None:
        """Return the account, or None when there is none."""
        return account_state(address, await self._node.account(pubkey(address)))

    async def mint(self, address: str) -> MintInfo | None:
        """Return the mint, with the transfer fee of the present epoch, or None when the address holds none."""
        epoch = epoch_of(self._memory.clock)
        return mint_info(address, await self._node.account(pubkey(address)), epoch)

    async def token_account(self, address: str) -> TokenAccount | None:
        """Return the token account, or None when the address holds none."""
        return token_account(address, await self._node.account(pubkey(address)))

    async def token_accounts(self, owner: str) -> tuple[TokenAccount, ...]:
        """Return all token accounts of a wallet, of both token programs, ordered by address."""
        programs = (TOKEN_PROGRAM, TOKEN_2022_PROGRAM)
        keys = [key for program in programs for key in await self._node.token_account_keys(pubkey(owner), program)]
        return token_accounts((await self._node.accounts(keys)).items())

    def associated_token_address(self, owner: str, mint: str, program: str) -> str:
        """Return the address where ``owner`` keeps ``mint`` by convention; pure."""
        return associated_token_address(owner, mint, program)

    async def clock(self) -> ChainClock:
        """Return the present slot and time."""
        return self._memory.clock

    async def minimum_balance(self, size: int) -> int:
        """Return the lamports that keep an account of ``size`` bytes rent-exempt."""
        return self._rent.minimum_balance(size)

    async def prepare(
        self, instructions: Sequence[Instruction], *, payer: str, lookup_tables: Sequence[str] = ()
    ) -> SignedTransaction:
        """Build and sign a version 0 transaction on the newest blockhash, without sending it.

        Raises ChainError: ``unknown_signer``, ``unknown_lookup_table``, ``inactive_lookup_table``,
        ``cannot_compile``.
        """
        slot = self._memory.clock.slot
        held = await self._node.accounts([pubkey(address) for address in lookup_tables])
        tables = [lookup_table(key, account, slot) for key, account in held.items()]
        blockhash = await self._node.newest_blockhash()
        read = sign(compile_message(payer, instructions, tables, blockhash), self._keyring)
        self._memory.hand_out(str(blockhash))
        return SignedTransaction(raw=bytes(read.transaction), signature=read.signature, blockhash=str(blockhash))

    async def simulate(self, transaction: SignedTransaction) -> TransactionOutcome:
        """Return what submitting would do, changing nothing; calls among programs are not listed."""
        return await self._alone(self._process(transaction, self._foresee))

    async def submit(self, transaction: SignedTransaction) -> TransactionOutcome:
        """Have a transaction executed, at most once, and return its fate."""
        return await self._alone(self._process(transaction, self._execute))

    async def landed(self, signature: str) -> TransactionOutcome | None:
        """Return the outcome of a transaction that landed by ``submit``, or None."""
        return self._memory.landed.get(signature)

    async def is_current(self, blockhash: str) -> bool:
        """Tell whether a transaction on ``blockhash`` can still land: it was handed out here, and lately."""
        return self._memory.is_valid(blockhash)

    async def history(self) -> tuple[TransactionOutcome, ...]:
        """Return the outcomes of all transactions that landed, in their order."""
        return tuple(self._memory.landed.values())

    async def checkpoint(self) -> Checkpoint:
        """Remember the present state."""
        return SurfpoolCheckpoint(self, self._memory)

    async def rewind(self, checkpoint: Checkpoint) -> None:
        """Put every account that was changed since back by decree, and clock and history with them.

        Raises ChainError ``foreign_checkpoint``.
        """
        if not isinstance(checkpoint, SurfpoolCheckpoint) or checkpoint.chain is not self:
            raise ChainError("foreign_checkpoint", "the checkpoint was made by another chain")
        await self._alone(self._return_to(checkpoint.memory))

    async def set_lamports(self, address: str, lamports: int) -> None:
        """Make ``address`` a wallet with exactly so many lamports; 0 removes it."""
        await self._alone(self._decree(pubkey(address), wallet_account(lamports)))

    async def set_account(self, account: AccountState) -> None:
        """Install an account as given; one without lamports is removed, since no chain keeps such accounts.

        Raises ChainError ``executable_account`` or ``reserved_account``: programs and sysvars belong to the world.
        """
        await self._alone(self._decree(pubkey(account.address), given_account(account)))

    async def set_token_balance(self, owner: str, mint: str, amount_raw: int, *, lamports: int | None = None) -> str:
        """Give ``owner`` exactly ``amount_raw`` of ``mint`` in the associated token account and return its address.

        ``lamports`` defaults to rent exemption; for wrapped SOL it is raised to what backs the amount. Raises
        ChainError ``unknown_mint``.
        """
        mint_account = await self._node.account(pubkey(mint))
        account = token_balance_account(self._rent.minimum_balance, owner, mint, mint_account, amount_raw, lamports)
        address = associated_token_address(owner, mint, str(account.owner))
        await self._alone(self._decree(pubkey(address), account))
        return address

    async def advance(self, *, slots: int = 0, seconds: int = 0) -> None:
        """Let time pass; 151 slots expire every blockhash handed out before.

        Raises ChainError ``time_runs_forward``, ``time_out_of_range``.
        """
        check_forward(slots, seconds)
        await self._alone(self._pass(slots=slots, seconds=seconds))

    async def state_hash(self) -> str:
        """Return SHA-256 over the world, every account changed since, the clock and the landed transactions.

        Equal hashes mean equal states of one chain; signatures differ from one surfpool to the next.
        """
        return self._memory.state_hash()

    async def _alone(self, work: Coroutine[Any, Any, T]) -> T:
        # One after another, and to the end even when the caller is cancelled: what happened on the node has to be
        # remembered, or a rewind would miss it.
        async def in_turn() -> T:
            async with self._turn:
                return await work

        return await asyncio.shield(in_turn())

    async def _process(
        self, transaction: SignedTransaction, handle: Callable[[Order], Awaitable[TransactionOutcome]]
    ) -> TransactionOutcome:
        try:
            order = await admit(transaction, self._reader, self._memory, self._node)
        except RefusalError as refusal:
            return not_landed(transaction.signature, self._memory.clock.slot, refusal.failure)
        return await handle(order)

    async def _foresee(self, order: Order) -> TransactionOutcome:
        return foresee(order, await self._node.simulate(order.raw, order.named.writable))

    async def _execute(self, order: Order) -> TransactionOutcome:
        signature = order.read.signature
        # The simulation tells what cannot land, and what a rewind has undone, without leaving a trace.
        foreseen = await self._foresee(order)
        if not foreseen.landed:
            return foreseen
        run = await self._node.send(order.raw, signature)
        if run is None:
            return explain(order, await self._node.simulate(order.raw, ()))
        after = await self._node.accounts(order.named.writable)
        outcome = outcome_of(order, run, after)
        self._memory.change(order.before, after)
        self._memory.landed[signature] = outcome
        await self._pass(slots=1, seconds=0)
        return outcome

    async def _return_to(self, past: Memory) -> None:
        await put_all(self._node, self._memory.way_back(past).items())
        self._memory = past.copy()
        await self._node.put_clock(self._memory.sysvar())

    async def _decree(self, key: Pubkey, account: Account | None) -> None:
        before = await self._node.account(key)
        if _is_reserved(key, before):
            raise ChainError("reserved_account", f"{key} is a program or a sysvar: it belongs to the world")
        await self._node.put(key, account)
        self._memory.change({key: before}, {key: account})

    async def _pass(self, *, slots: int, seconds: int) -> None:
        self._memory.clock = later(self._memory.clock, slots=slots, seconds=seconds)
        await self._node.put_clock(self._memory.sysvar())


def _is_reserved(key: Pubkey, account: Account | None) -> bool:
    if key == INSTRUCTIONS_SYSVAR or key in LOADERS:
        return True
    return account is not None and (account.executable or Vm.is_reserved_owner(account.owner))
