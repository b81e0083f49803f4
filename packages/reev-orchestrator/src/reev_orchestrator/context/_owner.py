"""Whether a text is a wallet, and what is wrong with it where it is not."""

from __future__ import annotations

import re

from reev_types.addresses import is_address
from reev_types.errors import UserError
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM, token_of

__all__ = ["checked_owner"]

_NOT_BASE58 = re.compile(r"[^1-9A-HJ-NP-Za-km-z]")
_SECRET = re.compile(r"\[\s*\d{1,3}\s*(,\s*\d{1,3}\s*)+\]?|[1-9A-HJ-NP-Za-km-z]{80,}", re.ASCII)
_ETHEREUM = re.compile(r"0x[0-9a-fA-F]+", re.ASCII)
_GIVE_ADDRESS = "give a wallet's address: 32 to 44 letters and digits"
_USE_MOCK = "name a mock wallet, such as demo:balanced"


def checked_owner(text: str) -> str:
    """Return the address that ``text`` is; raises UserError ``invalid_wallet``, which never repeats a private key."""
    owner = text.strip()
    if not is_address(owner):
        raise _invalid(*_what_is_wrong(owner))
    token = token_of(owner)
    if token is not None:
        raise _invalid(f"{owner} is the mint of {token.symbol}, not a wallet", _GIVE_ADDRESS)
    if owner in (TOKEN_PROGRAM, TOKEN_2022_PROGRAM):
        raise _invalid(f"{owner} is a token program, not a wallet", _GIVE_ADDRESS)
    return owner


def _what_is_wrong(text: str) -> tuple[str, ...]:
    """Return the message and suggestions for a text that is no address."""
    if not text:
        return "no wallet is given", _GIVE_ADDRESS, _USE_MOCK
    if _SECRET.match(text):
        return (
            "this looks like a private key; reev never needs one",
            "give the wallet's public address",
            "move the funds if anybody may have seen the key",
        )
    shown = repr(text[:50])
    if _ETHEREUM.fullmatch(text):
        return f"{shown} is an Ethereum address, not one of Solana", _GIVE_ADDRESS
    strange = _NOT_BASE58.search(text)
    if strange is not None:
        place = f"{strange[0]!r} at position {strange.start() + 1}"
        return f"{shown} is no Solana address: {place} does not occur in one", _GIVE_ADDRESS, _USE_MOCK
    return f"{shown} is no Solana address: it does not stand for 32 bytes", "copy the whole address again", _USE_MOCK


def _invalid(message: str, *suggestions: str) -> UserError:
    return UserError("invalid_wallet", message, suggestions=suggestions)
