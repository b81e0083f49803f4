"""The answers of Solana's JSON-RPC, as far as a chain needs them."""

from __future__ import annotations

import base64
import json
from typing import Annotated, Generic, TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, JsonValue, TypeAdapter
from pydantic.alias_generators import to_camel
from solders.account import Account
from solders.transaction_status import TransactionErrorType, TransactionStatus

from reev_tools.chain._keys import pubkey
from reev_types.amounts import Lamports
from reev_types.chain import Base58Bytes
from reev_types.errors import ChainError

__all__ = ["ACCOUNT", "ACCOUNTS", "BLOCKHASH", "KEYED_ACCOUNTS", "LANDED", "SIMULATION", "WireRun"]

T = TypeVar("T")
Index = Annotated[int, Field(ge=0)]


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel)


class Valued(_Wire, Generic[T]):
    """What most methods wrap their value in."""

    value: T


class Blockhash(_Wire):
    """The newest blockhash."""

    blockhash: str


class WireAccount(_Wire):
    """An account whose data was asked for in base64."""

    lamports: Lamports
    owner: str
    data: tuple[str, str]
    executable: bool

    def account(self) -> Account:
        """Return the account; its rent epoch means nothing any more, and is left out so that equal ones are equal."""
        return Account(self.lamports, base64.b64decode(self.data[0]), pubkey(self.owner), self.executable)


class KeyedAccount(_Wire):
    """An account in a list of those that matched."""

    pubkey: str


class WireCall(_Wire):
    """A program's call of another; its accounts are indexes into the transaction's."""

    program_id_index: Index
    accounts: tuple[Index, ...]
    data: Base58Bytes
    stack_height: int


class WireCalls(_Wire):
    """The calls beneath one instruction."""

    index: Index
    instructions: tuple[WireCall, ...]


class WireReturn(_Wire):
    """What the last program returned."""

    data: tuple[str, str]


class WireRun(_Wire):
    """What the node made of a transaction, in the words of ``getTransaction`` or of ``simulateTransaction``."""

    err: JsonValue = None
    logs: tuple[str, ...] = Field(validation_alias=AliasChoices("logs", "logMessages"))
    compute_units: int = Field(0, validation_alias=AliasChoices("unitsConsumed", "computeUnitsConsumed"))
    return_data: WireReturn | None = None
    inner_instructions: tuple[WireCalls, ...] | None = None
    accounts: tuple[WireAccount | None, ...] | None = None

    def error(self) -> TransactionErrorType | None:
        """Return why it failed, None when it did not; raises ChainError ``rpc_bad_answer`` for an unknown reason."""
        if self.err is None:
            return None
        # Of the types of solders that contain a transaction error, the smallest that reads one from JSON.
        status = {"slot": 0, "confirmations": None, "status": {"Err": self.err}, "err": self.err}
        try:
            return TransactionStatus.from_json(json.dumps({**status, "confirmationStatus": None})).err
        except ValueError as failure:
            words = f"the node fails a transaction for no known reason: {self.err}"
            raise ChainError("rpc_bad_answer", words) from failure

    def returned(self) -> bytes:
        """Return what the last program returned, empty for nothing."""
        return base64.b64decode(self.return_data.data[0]) if self.return_data else b""


class Landed(_Wire):
    """A transaction that the node keeps."""

    meta: WireRun


ACCOUNT: TypeAdapter[Valued[WireAccount | None]] = TypeAdapter(Valued[WireAccount | None])
ACCOUNTS: TypeAdapter[Valued[tuple[WireAccount | None, ...]]] = TypeAdapter(Valued[tuple[WireAccount | None, ...]])
KEYED_ACCOUNTS: TypeAdapter[Valued[tuple[KeyedAccount, ...]]] = TypeAdapter(Valued[tuple[KeyedAccount, ...]])
BLOCKHASH: TypeAdapter[Valued[Blockhash]] = TypeAdapter(Valued[Blockhash])
LANDED: TypeAdapter[Landed | None] = TypeAdapter(Landed | None)
SIMULATION: TypeAdapter[Valued[WireRun]] = TypeAdapter(Valued[WireRun])
