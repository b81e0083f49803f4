"""Surfpool's methods and cheat codes, typed."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from solders.account import Account
from solders.clock import Clock
from solders.hash import Hash
from solders.pubkey import Pubkey
from solders.rent import Rent

from reev_tools.chain._keys import CLOCK_SYSVAR, SYSVAR_OWNER, pubkey
from reev_tools.programs import SYSTEM_PROGRAM
from reev_types.errors import ChainError

from ._rpc import Rpc
from ._wire import ACCOUNT, ACCOUNTS, BLOCKHASH, KEYED_ACCOUNTS, LANDED, SIMULATION, WireRun

__all__ = ["Node"]

# Without a commitment, surfpool answers for 31 slots ago: then two transactions could share a blockhash.
_NEWEST = {"commitment": "processed"}
_IN_BASE64 = {**_NEWEST, "encoding": "base64"}
_ACCOUNTS_AT_ONCE = 100
_RENT_SYSVAR = pubkey("SysvarRent111111111111111111111111111111111")
_NOTHING = Account(0, b"", pubkey(SYSTEM_PROGRAM))


class Node:
    """One surfpool; every method may raise the ChainErrors of ``Rpc``."""

    def __init__(self, rpc: Rpc) -> None:
        self._rpc = rpc

    async def aclose(self) -> None:
        """Close the connection."""
        await self._rpc.aclose()

    async def pause_clock(self) -> None:
        """Stop the slots that pass by themselves."""
        await self._rpc.call("surfnet_pauseClock")

    async def rent(self) -> Rent:
        """Return what accounts have to hold."""
        sysvar = await self.account(_RENT_SYSVAR)
        if sysvar is None:
            raise ChainError("rpc_bad_answer", "the node has no rent sysvar")
        return Rent.from_bytes(sysvar.data)

    async def account(self, key: Pubkey) -> Account | None:
        """Return the account, or None when there is none."""
        found = await self._rpc.ask(ACCOUNT, "getAccountInfo", str(key), _IN_BASE64)
        return found.value.account() if found.value else None

    async def accounts(self, keys: Sequence[Pubkey]) -> dict[Pubkey, Account | None]:
        """Return all of ``keys``, in as few calls as the node allows."""
        found: dict[Pubkey, Account | None] = {}
        for start in range(0, len(keys), _ACCOUNTS_AT_ONCE):
            some = keys[start : start + _ACCOUNTS_AT_ONCE]
            answer = await self._rpc.ask(ACCOUNTS, "getMultipleAccounts", [str(key) for key in some], _IN_BASE64)
            states = [each.account() if each else None for each in answer.value]
            found.update(zip(some, states, strict=True))
        return found

    async def put(self, key: Pubkey, account: Account | None) -> None:
        """Make the account so by decree; None removes it."""
        state = account or _NOTHING
        fields = {
            "lamports": state.lamports,
            "owner": str(state.owner),
            "data": state.data.hex(),
            "executable": state.executable,
        }
        await self._rpc.call("surfnet_setAccount", str(key), fields)

    async def put_clock(self, clock: Clock) -> None:
        """Make the clock sysvar say so, until the next transaction."""
        await self.put(CLOCK_SYSVAR, Account(1, bytes(clock), SYSVAR_OWNER))

    async def token_account_keys(self, owner: Pubkey, program: str) -> list[Pubkey]:
        """Return where ``owner`` has token accounts of one token program, in no particular order."""
        wanted = {"programId": program}
        answer = await self._rpc.ask(KEYED_ACCOUNTS, "getTokenAccountsByOwner", str(owner), wanted, _IN_BASE64)
        return [pubkey(each.pubkey) for each in answer.value]

    async def newest_blockhash(self) -> Hash:
        """Return the blockhash to build on; it changes with every transaction that lands."""
        answer = await self._rpc.ask(BLOCKHASH, "getLatestBlockhash", _NEWEST)
        return Hash.from_string(answer.value.blockhash)

    async def send(self, raw: bytes, signature: str) -> WireRun | None:
        """Have a transaction executed and return what became of it, or None when it did not land."""
        options: dict[str, object] = {"encoding": "base64", "skipPreflight": True, "preflightCommitment": "processed"}
        try:
            await self._rpc.call("sendTransaction", _text(raw), options)
        except ChainError as failure:
            # Lost on the way there or on the way back: only the node can tell.
            if failure.code != "rpc_unreachable":
                raise
        options = {**_NEWEST, "encoding": "json", "maxSupportedTransactionVersion": 0}
        answer = await self._rpc.ask(LANDED, "getTransaction", signature, options)
        return answer.meta if answer else None

    async def simulate(self, raw: bytes, watched: Sequence[Pubkey]) -> WireRun:
        """Return what would become of a transaction, with ``watched`` as it would leave them if it succeeds."""
        accounts = {"encoding": "base64", "addresses": [str(key) for key in watched]}
        options = {**_NEWEST, "encoding": "base64", "sigVerify": True, "accounts": accounts}
        return (await self._rpc.ask(SIMULATION, "simulateTransaction", _text(raw), options)).value


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
