"""The grammar of a sentence: clauses, each led by a verb, in the order in which they are carried out.

A hand-written descent over our own lexemes, not a grammar file: every doubt about money is a branch with a code, a
place and a test of its own, where a generator would settle it by priority; and the time is linear in the lexemes.
"""

from __future__ import annotations

from collections.abc import Callable

from ._characters import check_characters
from ._cursor import Cursor
from ._echo import normalised
from ._goals import take_multiple
from ._growth import read_multiple, read_use
from ._guards import check_guards, is_polite, is_question, question
from ._introductions import read_keep
from ._lending import read_deposit, read_earn, read_mint, read_put, read_redeem, read_take, read_withdrawal
from ._lexemes import Lexeme, tokenise
from ._numbers import NUMBER_WORDS
from ._queries import is_query, read_query
from ._questions import ask_action, ask_which_reading, not_understood, refusal
from ._readings import Correction, Reading
from ._spelling import verbs_near
from ._story import Story
from ._swaps import read_payment, read_purchase, read_swap
from ._transfers import read_transfer
from ._vague import is_vague
from ._venues import take_venue
from ._vocabulary import FILLERS, OPENERS, SEPARATORS, VERBS, Action
from .strategies import read_strategy, sentence_of, speaks_of_strategy, without_whiles

__all__ = ["MAX_CLAUSES", "parse"]

MAX_CLAUSES = 8
"""The most things that one sentence may ask for."""

_AMOUNT_WORDS = frozenset(NUMBER_WORDS) | {"$"}
_REPEATABLE: frozenset[Action] = frozenset({"swap", "transfer", "lend", "withdraw", "redeem", "mint"})


def parse(text: str) -> Reading:
    """Read a sentence of at most 500 characters and 8 clauses; the same text always gives the same Reading.

    Raises UserError with a TextPlace and a stable code: ``ask_…`` for a question back; ``negation``, ``condition``,
    ``schedule``, ``question``, ``quoted_text`` for what is recognised and not carried out; ``not_understood``, and
    the codes of impossible amounts and tokens.
    """
    check_characters(text)
    lexemes = _meaningful(tokenise(text))
    if not lexemes:
        raise not_understood(Cursor(text, lexemes).rest(), "nothing is said that could be done")
    cursor = Cursor(text, lexemes)
    if is_question(lexemes) and not is_query(cursor):
        raise question(cursor.here())
    reading = _strategy(cursor)
    if reading is not None:
        return reading
    check_guards(text, lexemes)
    story = _clauses(cursor, polite=is_polite(lexemes))
    story.check_used()
    steps = tuple(story.steps)
    goals = tuple(story.goals)
    return Reading(text, steps, goals, tuple(story.corrections), normalised(steps, goals))


def _strategy(cursor: Cursor) -> Reading | None:
    """Read a sentence about a strategy, or leave the cursor where it was."""
    if not speaks_of_strategy(cursor.lexemes):
        return None
    check_guards(cursor.text, without_whiles(cursor.lexemes))
    found = read_strategy(cursor, polite=is_polite(cursor.lexemes))
    cursor.position = 0
    if found is None:
        return None
    strategy, corrections = found
    return Reading(cursor.text, (), (), corrections, sentence_of(strategy.scenario), strategy=strategy)


def _meaningful(lexemes: tuple[Lexeme, ...]) -> tuple[Lexeme, ...]:
    """Leave out what is said without meaning anything."""
    kept: list[Lexeme] = []
    cursor = Cursor("", lexemes)
    while not cursor.at_end:
        if not cursor.accept_phrase(FILLERS):
            kept.append(cursor.take())
    return tuple(kept)


def _clauses(cursor: Cursor, *, polite: bool) -> Story:
    story = Story(cursor)
    previous: Action | None = None
    _separators(cursor)
    if cursor.accept("first"):
        cursor.accept(",")
    while True:
        if len(story.steps) >= MAX_CLAUSES:
            raise refusal("too_many_clauses", f"more than {MAX_CLAUSES} instructions", cursor.rest(), "say it in parts")
        previous = _clause(story, previous)
        place = cursor.here()
        if cursor.accept("?") and not polite:
            raise question(place)
        if cursor.at_end:
            return story
        if not _separators(cursor):
            raise not_understood(cursor.rest(), f"{_excerpt(cursor)!r} is not understood here")
        if cursor.at_end:
            if cursor.peek(-1).word in {".", ",", ";"}:
                return story
            raise not_understood(cursor.since(cursor.position - 1), "nothing follows", "leave the last word out")


def _separators(cursor: Cursor) -> bool:
    start = cursor.position
    while cursor.accept_phrase(SEPARATORS):
        pass
    return cursor.position > start


def _clause(story: Story, previous: Action | None) -> Action | None:
    """Read one clause and return its action; a clause without a verb repeats the one before."""
    cursor = story.cursor
    start = cursor.position
    while cursor.accept_phrase(OPENERS):
        pass
    if read_query(story):
        return None
    if take_venue(cursor):
        cursor.accept(",")
    if cursor.peek().kind == "multiple" or _is_multiple_ahead(cursor):
        read_multiple(story, start, None)
        return None
    if cursor.accept("with"):
        read_payment(story, start)
        return None
    if previous in _REPEATABLE and (cursor.peek().kind == "number" or cursor.peek().word in _AMOUNT_WORDS):
        _READERS[previous](story, start)
        return previous
    verb, action = _verb(story)
    if action == "multiply":
        read_multiple(story, start, verb)
        return None
    _READERS[action](story, start)
    return action


def _is_multiple_ahead(cursor: Cursor) -> bool:
    """Tell whether a multiple comes next, without moving."""
    start = cursor.position
    found = cursor.peek().kind == "number" and take_multiple(cursor) is not None
    cursor.position = start
    return found


def _verb(story: Story) -> tuple[str, Action]:
    cursor = story.cursor
    place = cursor.here()
    typed = cursor.take()
    action = VERBS.get(typed.word)
    if action is not None:
        return typed.word, action
    near = verbs_near(typed.word) if typed.kind == "word" else ()
    if len(near) == 1:
        story.corrections.append(Correction(typed.text, near[0][0], place))
        return near[0]
    if near:
        names = " or ".join(verb for verb, _ in near)
        raise ask_which_reading(
            place, f"{typed.text[:40]!r}: is {names} meant?", *(f"write {verb}" for verb, _ in near[:3])
        )
    if is_vague(cursor.lexemes):
        raise ask_action(place)
    raise not_understood(place, f"{typed.text[:40]!r} is nothing that can be done")


def _excerpt(cursor: Cursor) -> str:
    place = cursor.rest()
    return place.text[place.start : place.end][:40]


_READERS: dict[Action, Callable[[Story, int], None]] = {
    "swap": read_swap,
    "buy": read_purchase,
    "use": read_use,
    "transfer": read_transfer,
    "lend": read_deposit,
    "put": read_put,
    "earn": read_earn,
    "withdraw": read_withdrawal,
    "take": read_take,
    "mint": read_mint,
    "redeem": read_redeem,
    "keep": read_keep,
}
