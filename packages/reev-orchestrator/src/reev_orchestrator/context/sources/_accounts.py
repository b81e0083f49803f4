"""Token accounts and mints as a node sends them: taken apart already, or as bytes in base64."""

from __future__ import annotations

import base64
from typing import Any, NamedTuple

from reev_types.addresses import encode_base58

from ._sums import HeldAccount

__all__ = ["OwnedAccount", "mint_decimals", "token_account"]

_MINT_END, _OWNER_END, _AMOUNT_END = 32, 64, 72
_STATE_AT, _ACCOUNT_SIZE, _FROZEN = 108, 165, 2
_DECIMALS_AT, _MINT_SIZE = 44, 82


class OwnedAccount(NamedTuple):
    """A token account and the wallet that it belongs to."""

    owner: str
    held: HeldAccount


def token_account(data: Any) -> OwnedAccount:  # noqa: ANN401 - what JSON holds
    """Return the token account; raises LookupError, TypeError or ValueError for what is none."""
    if isinstance(data, dict):
        return _parsed_account(data["parsed"]["info"])
    raw = _bytes(data, _ACCOUNT_SIZE)
    held = HeldAccount(
        mint=encode_base58(raw[:_MINT_END]),
        amount_raw=int.from_bytes(raw[_OWNER_END:_AMOUNT_END], "little"),
        is_frozen=raw[_STATE_AT] == _FROZEN,
    )
    return OwnedAccount(encode_base58(raw[_MINT_END:_OWNER_END]), held)


def mint_decimals(data: Any) -> int | None:  # noqa: ANN401 - what JSON holds
    """Return the decimals of a mint, None for another account; raises like ``token_account``."""
    if isinstance(data, dict):
        parsed = data["parsed"]
        return _integer(parsed["info"]["decimals"]) if parsed["type"] == "mint" else None
    raw = _bytes(data, 0)
    return raw[_DECIMALS_AT] if len(raw) >= _MINT_SIZE else None


def _parsed_account(info: Any) -> OwnedAccount:  # noqa: ANN401 - what JSON holds
    amount = info["tokenAmount"]
    text = amount["amount"]
    if not (isinstance(text, str) and text.isascii() and text.isdigit()):
        raise ValueError("an amount is not a string of digits")
    mint = info["mint"]
    if not isinstance(mint, str):
        raise TypeError("a mint is not a string")
    held = HeldAccount(mint, int(text), _integer(amount["decimals"]), info.get("state") == "frozen")
    return OwnedAccount(info["owner"], held)


def _integer(value: object) -> int:
    if type(value) is not int:
        raise TypeError("decimals are not an integer")
    return value


def _bytes(data: Any, least: int) -> bytes:  # noqa: ANN401 - what JSON holds
    text, encoding = data
    if encoding != "base64":
        raise ValueError("account data is neither parsed nor base64")
    raw = base64.b64decode(text, validate=True)
    if len(raw) < least:
        raise ValueError("account data is too short")
    return raw
