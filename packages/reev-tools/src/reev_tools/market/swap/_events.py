"""The events that a swap leaves among its inner instructions."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from solders.pubkey import Pubkey

from ._borsh import Reader

__all__ = ["EVENT_TAG", "FeeEvent", "SwapEvent", "SwappedAmounts", "SwapsEvent", "decode_event"]

EVENT_TAG = sha256(b"anchor:event").digest()[7::-1]
"""How the data of an instruction starts that carries an event."""


@dataclass(frozen=True, slots=True)
class SwappedAmounts:
    """What a pool took in and gave out."""

    input_mint: str
    input_amount_raw: int
    output_mint: str
    output_amount_raw: int


@dataclass(frozen=True, slots=True)
class SwapEvent:
    """One hop of a first form; ``amm`` is the pool."""

    amm: str
    swapped: SwappedAmounts


@dataclass(frozen=True, slots=True)
class SwapsEvent:
    """All hops of a second form."""

    swaps: tuple[SwappedAmounts, ...]


@dataclass(frozen=True, slots=True)
class FeeEvent:
    """The platform fee."""

    account: str
    mint: str
    amount_raw: int


def decode_event(data: bytes) -> SwapEvent | SwapsEvent | FeeEvent | None:
    """Return the event in the data of an inner instruction, or None when it carries none of these.

    Raises DecodeError when it starts like one and goes on otherwise.
    """
    reader = Reader(data[16:])
    if data[:8] != EVENT_TAG:
        return None
    event: SwapEvent | SwapsEvent | FeeEvent
    tag = data[8:16]
    if tag == _tag("SwapEvent"):
        event = SwapEvent(_key(reader), _swapped(reader))
    elif tag == _tag("SwapsEvent"):
        event = SwapsEvent(reader.vector(lambda: _swapped(reader)))
    elif tag == _tag("FeeEvent"):
        event = FeeEvent(_key(reader), _key(reader), reader.number("Q"))
    else:
        return None
    reader.finish()
    return event


def _tag(name: str) -> bytes:
    return sha256(f"event:{name}".encode()).digest()[:8]


def _key(reader: Reader) -> str:
    return str(Pubkey(reader.take(32)))


def _swapped(reader: Reader) -> SwappedAmounts:
    return SwappedAmounts(_key(reader), reader.number("Q"), _key(reader), reader.number("Q"))
