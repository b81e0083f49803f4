"""Misspelt words: corrected when one letter is wrong and only one meaning is that near.

Distance counts a wrong, missing or extra letter and a swap of two neighbours as one. A ticker is corrected only by
undoing a swap, a doubled letter or a plural: with a letter replaced it may well be another coin, and that is asked.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from reev_types.tokens import TOKENS, Token

from ._vocabulary import FOREIGN_TICKERS, REAL_WORDS, VERBS, Action

__all__ = ["is_sure_slip", "near", "tokens_near", "verbs_near"]

_SHORTEST_VERB = 4
_SHORT_TICKER = 3
_VOWELLESS = 3
_VOWELS = frozenset("aeiouy")
_SHORTEST_JUMBLE = 7


def near(left: str, right: str) -> bool:
    """Tell whether two different words are one slip apart."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    head = _common(left, right)
    left, right = left[head:], right[head:]
    tail = _common(left[::-1], right[::-1])
    left, right = left[: len(left) - tail], right[: len(right) - tail]
    return (len(left) <= 1 and len(right) <= 1) or (len(left) == 2 and left == right[::-1])


def _common(left: str, right: str) -> int:
    length = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        length += 1
    return length


@lru_cache(maxsize=1024)
def verbs_near(word: str) -> tuple[tuple[str, Action], ...]:
    """Return the verbs one slip from ``word``, one for each action."""
    short = len(word) < _SHORTEST_VERB and not (len(word) == _VOWELLESS and _VOWELS.isdisjoint(word))
    if short or word in REAL_WORDS or not word.isascii():
        return ()
    found = {action: verb for verb, action in VERBS.items() if near(word, verb) or _is_jumbled(word, verb)}
    return tuple((verb, action) for action, verb in found.items())


def _is_jumbled(word: str, verb: str) -> bool:
    """Tell whether a long verb has all its letters, the first and the last in place."""
    ends = (word[0], word[-1]) == (verb[0], verb[-1])
    return len(word) >= _SHORTEST_JUMBLE and ends and sorted(word) == sorted(verb)


@lru_cache(maxsize=1024)
def tokens_near(word: str) -> tuple[Token, ...]:
    """Return the tokens with a name one slip from ``word`` (in lower case); of short names only sure slips."""
    if word in FOREIGN_TICKERS or not (word.isascii() and word.isalpha()):
        return ()
    return tuple(token for token in TOKENS if any(_is_near(word, name) for name in _names(token)))


def is_sure_slip(word: str, token: Token) -> bool:
    """Tell whether ``word`` is a name of ``token`` with two neighbours swapped, a letter doubled or a plural s."""
    return any(_is_sure(word, name) for name in _names(token))


def _names(token: Token) -> tuple[str, ...]:
    return tuple(name.lower() for name in (token.symbol, *token.aliases))


def _is_near(word: str, name: str) -> bool:
    return near(word, name) if len(name) > _SHORT_TICKER else _is_sure(word, name)


def _is_sure(word: str, name: str) -> bool:
    if word == f"{name}s":
        return True
    doubled = len(word) == len(name) + 1 and any(one == other for one, other in pairwise(word))
    return near(word, name) and (doubled or sorted(word) == sorted(name))
