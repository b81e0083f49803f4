"""Amounts of one token in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from reev_types.tokens import TOKENS

__all__ = ["Figure", "figures"]


class Figure(NamedTuple):
    """An amount and the part of the text that it takes up."""

    start: int
    end: int
    value: Decimal
    is_asserted: bool
    """Whether the text states it, rather than denies it, asks about it or offers it as one of two."""


# Thousands may be set apart by one kind of mark throughout; the decimals follow a point.
_NUMBER = re.compile(
    r"(?<![\d.\-−])(?<!\d[,'’_])(?:\d{1,3}(?:(?P<mark>[,'’_ ])\d{3}(?:(?P=mark)\d{3})*+)(?!\d)|\d++)(?:\.\d++)?"
    r"(?!\d|[.,'’_\-]\d)",
    re.ASCII,
)
_LONGEST = 28
_AROUND = 120
"""So many characters before a number are searched for what denies it."""

_QUIET = r"[\s*_`\"'’)\]]{0,4}"
_WORD_AFTER = re.compile(rf"({_QUIET})([A-Za-z]+|%)")
_WORD_BEFORE = re.compile(r"([A-Za-z]+|[$€£¥])([\s:=*_`\"'’(]{0,4})[~≈+]?$")
_SHARES_KEY = re.compile(r"(?:^|[\n{,|]|[\"'*`\-] ?)shares(?:_raw)?[\s:=*_`\"'’|]{1,8}$", re.IGNORECASE)

_TIMES = frozenset({"day", "days", "hour", "hours", "week", "weeks", "month", "months", "year", "years"})
_NO_AMOUNTS = _TIMES | {"%", "percent", "bps", "share", "shares"}
_OTHER_UNITS = frozenset(
    ("$", "€", "£", "¥", "usd", "dollar", "dollars", "eur", "euro", "euros", "gbp", "btc", "eth", "lamports")
)
_NAMES = {
    token.symbol.casefold(): frozenset(name.casefold() for name in (token.symbol, *token.aliases)) for token in TOKENS
}
_SYMBOLS = frozenset[str]().union(*_NAMES.values())
_DOLLARS = frozenset({"$", "usd", "dollar", "dollars"})
_DOLLAR_TOKENS = frozenset({"usdc", "usdt", "pyusd"})

_BREAK = re.compile(r"[.;:!?\n(),|]|\b(?:and|but|while|so)\b", re.IGNORECASE)
_DENIAL = re.compile(r"\b(?:not|no|never|neither|nor|cannot|without)\b|n['’]t\b", re.IGNORECASE)
_DENIED_AFTER = re.compile(
    r"\W{0,4}(?:[A-Za-z]{1,12}\W{1,3})?(?:is|was|are|were)(?:n['’]t\b| (?:\w{1,20} )?(?:not|wrong|false|incorrect)\b)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\W{0,3}(?:[A-Za-z]{1,12}\W{0,3})?\?")
_OR = re.compile(r"\W{0,6}(?:[A-Za-z]{1,12}\W{1,4})?\bor\W{1,4}(?:\w{1,20}\W{1,4}){0,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Units:
    own: frozenset[str]

    def is_other(self, word: str) -> bool:
        return word in _OTHER_UNITS | _SYMBOLS and word not in self.own


def figures(text: str, symbol: str) -> tuple[Figure, ...]:
    """Return the numbers in ``text`` that may be amounts of the token ``symbol``, in their order.

    A number with the unit of something else (another token, a currency, shares, days, per cent) is none, nor is a
    part of a word, date or version, a negative one, or one of more than 28 characters.
    """
    own = _NAMES.get(symbol.casefold(), frozenset({symbol.casefold()}))
    units = _Units(own | _DOLLARS if own & _DOLLAR_TOKENS else own)
    spans = [match for match in _NUMBER.finditer(text) if _is_amount(text, match.start(), match.end(), units)]
    alternatives = {
        index
        for index in range(len(spans) - 1)
        if _OR.fullmatch(text[spans[index].end() : spans[index + 1].start()][:_AROUND])
    }
    return tuple(_figures(text, spans, alternatives))


def _figures(text: str, spans: list[re.Match[str]], alternatives: set[int]) -> Iterator[Figure]:
    end_before = 0
    for index, match in enumerate(spans):
        start, end = match.span()
        either = index in alternatives or index - 1 in alternatives
        digits = re.sub(r"[^\d.]", "", match[0])
        yield Figure(start, end, Decimal(digits), not either and not _is_denied(text, end_before, start, end))
        end_before = end


def _is_amount(text: str, start: int, end: int, units: _Units) -> bool:
    if end - start > _LONGEST:
        return False
    head = text[max(0, start - 24) : start]
    after, before = _WORD_AFTER.match(text, end), _WORD_BEFORE.search(head)
    word = after[2].casefold() if after else ""
    if after and not after[1] and word not in units.own | _NO_AMOUNTS | _OTHER_UNITS | _SYMBOLS:
        return False
    prefix = before[1].casefold() if before else ""
    if before and before.end(1) == len(head) and prefix not in units.own | _OTHER_UNITS:
        return False
    if word in _NO_AMOUNTS or units.is_other(word) or _SHARES_KEY.search(head):
        return False
    return word in units.own or not units.is_other(prefix)


def _is_denied(text: str, end_before: int, start: int, end: int) -> bool:
    head = text[max(end_before, start - _AROUND) : start]
    breaks = [found.end() for found in _BREAK.finditer(head)]
    clause = head[breaks[-1] if breaks else 0 :]
    return bool(_DENIAL.search(clause) or _DENIED_AFTER.match(text, end) or _ASKED.match(text, end))
