"""The events that the lend program leaves in the logs of a transaction."""

from __future__ import annotations

import re
import struct
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from solders.pubkey import Pubkey

from ._addresses import LEND_PROGRAM

__all__ = ["LendEvent", "LogDeposit", "LogUpdateRates", "LogWithdraw", "lend_events"]

_INVOKE = re.compile(r"Program (\w{32,44}) invoke \[\d+\]$")
_RETURN = re.compile(r"Program \w{32,44} (success$|failed)")
_DATA = "Program data: "


class LogDeposit(NamedTuple):
    """Assets went into a vault."""

    sender: str
    receiver: str
    assets_raw: int
    shares_minted_raw: int


class LogWithdraw(NamedTuple):
    """Assets came out of a vault."""

    sender: str
    receiver: str
    owner: str
    assets_raw: int
    shares_burned_raw: int


class LogUpdateRates(NamedTuple):
    """The price at which an operation took place, times 10¹²."""

    token_exchange_price: int
    liquidity_exchange_price: int


LendEvent = LogDeposit | LogWithdraw | LogUpdateRates

_READERS: dict[bytes, tuple[Callable[..., LendEvent], struct.Struct]] = {
    sha256(f"event:{kind.__name__}".encode()).digest()[:8]: (kind, struct.Struct(codes))
    for kind, codes in ((LogDeposit, "<32s32sQQ"), (LogWithdraw, "<32s32s32sQQ"), (LogUpdateRates, "<QQ"))
}


def lend_events(logs: Iterable[str]) -> tuple[LendEvent, ...]:
    """Return the lend program's own events in order; what other programs log in its shape does not count."""
    return tuple(event for data in _data_of_program(logs) if (event := _read(data)) is not None)


def _data_of_program(logs: Iterable[str]) -> Iterator[bytes]:
    running: list[str] = []
    for line in logs:
        if invoked := _INVOKE.match(line):
            running.append(invoked[1])
        elif running and _RETURN.match(line):
            running.pop()
        elif running and running[-1] == LEND_PROGRAM and line.startswith(_DATA):
            yield b64decode(line.removeprefix(_DATA).split(" ")[0])


def _read(data: bytes) -> LendEvent | None:
    kind, packing = _READERS.get(data[:8], (None, None))
    if kind is None or packing is None or len(data) != 8 + packing.size:
        return None
    values = packing.unpack_from(data, 8)
    return kind(*(str(Pubkey(value)) if isinstance(value, bytes) else value for value in values))
