"""What addresses and amounts are called in one run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from reev_types.addresses import is_address
from reev_types.amounts import format_ui
from reev_types.events import NamedAccount
from reev_types.tokens import SOL_MINT, symbol_of, token_of

from ._text import one_line, shortened

__all__ = ["Names", "amount", "grouped", "signed_amount"]

_BASE58_WORD = re.compile(r"\b[1-9A-HJ-NP-Za-km-z]{32,44}\b")
_NAME_LIMIT = 64
_VALUE_LIMIT = 80


class Names:
    """Names of the accounts of a run: the benchmark's own, token symbols, and shortened addresses for the rest."""

    def __init__(self, accounts: Iterable[NamedAccount] = ()) -> None:
        self._names = {account.address: one_line(account.name, _NAME_LIMIT) for account in accounts}

    def knows(self, address: str) -> bool:
        """Tell whether the benchmark names ``address``."""
        return address in self._names

    def address(self, address: str) -> str:
        """Return what an account is called."""
        return self._names.get(address) or shortened(address)

    def value(self, value: object, limit: int = _VALUE_LIMIT) -> str:
        """Return an argument as people read it: a name for an address, a symbol for a mint, JSON for what is nested."""
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        if text in self._names:
            return self._names[text]
        if token_of(text):
            return symbol_of(text)
        return shortened(text) if is_address(text) else self.within(text, limit)

    def within(self, text: str, limit: int = 200) -> str:
        """Return foreign text on one line, with the addresses in it replaced by what they are called."""
        # Twice the room, since names are shorter than most addresses.
        return one_line(_BASE58_WORD.sub(self._word, one_line(text, 2 * limit)), limit)

    def _word(self, match: re.Match[str]) -> str:
        word = match.group()
        return self.value(word) if is_address(word) else word


def grouped(number: str) -> str:
    """Put separators between the thousands of a plain decimal number."""
    whole, point, fraction = number.partition(".")
    return f"{int(whole):,}{point}{fraction}" if whole.strip("-0") else number


def amount(raw: int, mint: str = SOL_MINT) -> str:
    """Return raw units in the token's own, such as ``1,500.25 USDC``; as raw units where the decimals are unknown."""
    token = token_of(mint)
    if token is None:
        return f"{raw:,} raw units of {symbol_of(mint)}"
    return f"{grouped(format_ui(raw, token.decimals))} {token.symbol}"


def signed_amount(raw: int, mint: str = SOL_MINT) -> str:
    """Return a difference with its sign, such as ``+0.1 SOL``."""
    return f"{'+' if raw > 0 else ''}{amount(raw, mint)}"
