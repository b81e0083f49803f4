"""A whole sentence about a strategy: one scenario, and around it nothing but advice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from reev_orchestrator.language._cursor import Cursor
from reev_orchestrator.language._guards import question
from reev_orchestrator.language._lexemes import Lexeme
from reev_orchestrator.language._questions import ask_which_reading, refusal
from reev_orchestrator.language._readings import Correction
from reev_orchestrator.language._scenarios import EmergencyExit, Rebalance, Scenario, Strategy
from reev_orchestrator.language._story import Story
from reev_orchestrator.language._vocabulary import OPENERS, SEPARATORS
from reev_types.errors import TextPlace, UserError
from reev_types.tokens import Token

from ._advice import skip_tail, take_advice, take_modifiers
from ._balancing import EXAMPLES, read_rebalance, take_pair
from ._earning import read_farming, read_growth, read_spread, read_use_for_yield, read_yield
from ._exiting import read_exit, take_restated_exit

__all__ = ["read_strategy", "speaks_of_strategy"]

_BEST = ("maximize", "maximise", "optimize", "optimise")
_TRIGGERS = frozenset(
    ("rebalance", "exit", "liquidate", "unwind", "risk-adjusted", "adjusted", "farming", "farm", "spread", "diversify")
) | frozenset(_BEST)
_STARTS = ("execute", "implement", "start", "run", "follow", "apply", "make", "do", "perform")
_WANTS = (("i", "need"), ("i", "want"), ("want", "to"), ("need", "to"))
_YIELD = frozenset({"yield", "yields", "lend", "lending", "interest"})
_READERS: tuple[Callable[[Story], Scenario | None], ...] = (
    read_rebalance,
    read_exit,
    read_growth,
    read_farming,
    read_spread,
    read_use_for_yield,
    read_yield,
)


def speaks_of_strategy(lexemes: tuple[Lexeme, ...]) -> bool:
    """Tell whether a sentence has a word without which none is about a strategy."""
    return any(lexeme.word in _TRIGGERS for lexeme in lexemes)


@dataclass
class _Telling:
    """What the clauses so far have said."""

    story: Story
    strategy: Strategy | None = None
    advice: list[TextPlace] = field(default_factory=list)
    exits: list[TextPlace] = field(default_factory=list)
    """Clauses that say what an exit does."""
    pairs: list[tuple[tuple[Token, Token], TextPlace]] = field(default_factory=list)


def read_strategy(cursor: Cursor, *, polite: bool) -> tuple[Strategy, tuple[Correction, ...]] | None:
    """Read a whole sentence, or return None where no clause has the phrase of a scenario.

    Raises the questions of doubtful amounts and tokens; UserError ``mixed_strategy`` where something else is asked for
    besides, ``ask_which_reading`` for two scenarios, ``question`` for a question mark that is no politeness.
    """
    telling = _Telling(Story(cursor))
    _separators(cursor)
    while not cursor.at_end:
        understood = _clause(telling)
        place = cursor.here()
        if understood and cursor.accept("?") and not polite:
            raise question(place)
        if not understood or not _ended(cursor):
            if telling.strategy is None:
                return None
            raise _besides(cursor.rest())
    if telling.strategy is None:
        return None
    return _settled(telling, telling.strategy), tuple(dict.fromkeys(telling.story.corrections))


def _besides(place: TextPlace) -> UserError:
    said = place.text[place.start : place.end][:40]
    message = f"{said!r}: a strategy stands alone, and this is no part of it"
    return refusal("mixed_strategy", message, place, "say it in a sentence of its own")


def _ended(cursor: Cursor) -> bool:
    return cursor.at_end or _separators(cursor)


def _separators(cursor: Cursor) -> bool:
    start = cursor.position
    while cursor.accept_phrase(SEPARATORS):
        pass
    return cursor.position > start


def _clause(telling: _Telling) -> bool:
    """Read one clause and tell whether it was understood."""
    cursor = telling.story.cursor
    while cursor.accept_phrase(OPENERS) or cursor.accept_phrase(_WANTS):
        pass
    start = cursor.position
    if _scenario(telling, start):
        return True
    if take_restated_exit(cursor):
        telling.exits.append(cursor.since(start))
        return True
    if not (_keeps_fees(cursor) or take_advice(cursor)):
        return False
    _pair(telling)
    telling.advice.append(cursor.since(start))
    return True


def _scenario(telling: _Telling, start: int) -> bool:
    cursor = telling.story.cursor
    found = _plot(telling.story) or _plot(telling.story, led=True)
    if found is None:
        return False
    place = cursor.since(start)
    if telling.strategy is not None:
        raise ask_which_reading(place, "two strategies in one sentence", "keep one of them")
    telling.strategy = Strategy(found, place)
    start = cursor.position
    if take_modifiers(cursor):
        telling.advice.append(cursor.since(start))
    return True


def _plot(story: Story, *, led: bool = False) -> Scenario | None:
    cursor = story.cursor
    start = cursor.position
    if led:
        cursor.accept_one(_STARTS)
        cursor.accept_one(("a", "an", "the", "my"))
    inner = cursor.position
    for read in _READERS:
        scenario = read(story)
        if scenario is not None:
            return scenario
        cursor.position = inner
    cursor.position = start
    return None


def _keeps_fees(cursor: Cursor) -> bool:
    """Read ``keep enough SOL for transaction fees and emergencies``, which every plan does."""
    if not (cursor.accept("keep", "enough", "sol", "for") or cursor.accept("keep", "sol", "for")):
        return False
    skip_tail(cursor)
    return True


def _pair(telling: _Telling) -> None:
    """Read ``(SOL and USDC)`` behind ``my current holdings``."""
    cursor = telling.story.cursor
    start = cursor.position
    bracketed = cursor.accept("(")
    pair = take_pair(cursor) if bracketed else None
    if pair is None or not cursor.accept(")"):
        cursor.position = start
        return
    telling.pairs.append((pair, cursor.since(start)))
    skip_tail(cursor)


def _settled(telling: _Telling, strategy: Strategy) -> Strategy:
    """Return the strategy with its advice and what that says of it; raises UserError for what has no part in it."""
    scenario = strategy.scenario
    if telling.exits and not isinstance(scenario, EmergencyExit):
        raise _besides(telling.exits[0])
    if isinstance(scenario, Rebalance):
        lends = any(word in _YIELD for place in telling.advice for word in _words(place))
        scenario = _paired(replace(scenario, lends=lends), telling)
        if not scenario.is_pair_stated:
            raise ask_which_reading(strategy.place, "which tokens, and in which shares?", *EXAMPLES)
    elif telling.pairs:
        raise _besides(telling.pairs[0][1])
    return Strategy(scenario, strategy.place, tuple(telling.advice))


def _paired(scenario: Rebalance, telling: _Telling) -> Rebalance:
    """Return a rebalancing of the two tokens that the advice names; raises ``ask_which_reading`` for other ones."""
    for (first, second), place in telling.pairs:
        if not scenario.is_pair_stated:
            scenario = replace(scenario, first=first.mint, second=second.mint, is_pair_stated=True)
        elif {first.mint, second.mint} != {scenario.first, scenario.second}:
            raise ask_which_reading(place, "which two tokens are balanced?", "name the same two in both places")
    return scenario


def _words(place: TextPlace) -> list[str]:
    return place.text[place.start : place.end].lower().replace(",", " ").split()
