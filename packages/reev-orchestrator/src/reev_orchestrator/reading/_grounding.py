"""What a model made of a sentence, held against what the sentence names: nothing invented, nothing left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reev_orchestrator.language import Mentions, Reading, parse
from reev_types.amounts import StepAmount
from reev_types.errors import TextPlace
from reev_types.intents import Intent, TransferIntent
from reev_types.tokens import Token

from ._actions import check_actions
from ._anatomy import Anatomy, anatomy
from ._claims import claims
from ._refusal import ungrounded
from ._vocabulary import PLACES, PREPOSITIONS

__all__ = ["check_echo", "check_grounded"]


def check_grounded(text: str, intents: Sequence[Intent], named: Mentions) -> None:
    """Raise UserError ``model_ungrounded`` at the place of what is left out, or of the sentence for what is invented.

    Every amount, with its token, and every address has to stand in the sentence as often as it is used, and all that
    stand there have to be used; a token has to be named or to come from an earlier step.
    """
    whole = TextPlace(text, 0, len(text))
    if len(set(intents)) < len(intents):
        raise ungrounded("the same instruction twice", whole)
    bodies = tuple(body for body in map(anatomy, intents) if body is not None)
    _check_amounts(bodies, named, whole)
    _check_addresses(intents, named, whole)
    _check_tokens(bodies, named, whole)
    check_actions(intents, named, whole)


def check_echo(text: str, reading: Reading) -> None:
    """Raise UserError ``model_ungrounded`` unless what is shown of ``reading`` reads back as the same intents."""
    if reading.goals or reading.corrections or parse(reading.normalised).intents != reading.intents:
        raise ungrounded("an echo that says something else", TextPlace(text, 0, len(text)))


def _check_amounts(bodies: Sequence[Anatomy], named: Mentions, whole: TextPlace) -> None:
    used = Counter(claim for body in bodies for claim in claims(body))
    for claim, times in used.items():
        if times > len(named.amounts.get(claim, ())):
            raise ungrounded("an amount that the sentence does not give, or not as often", whole)
    for claim, places in named.amounts.items():
        if claim not in used:
            raise ungrounded("no use for this amount", places[0])


def _check_addresses(intents: Sequence[Intent], named: Mentions, whole: TextPlace) -> None:
    used = {intent.recipient for intent in intents if isinstance(intent, TransferIntent)}
    if not used <= named.addresses.keys():
        raise ungrounded("a recipient that the sentence does not name", whole)
    for address, place in named.addresses.items():
        if address not in used:
            raise ungrounded("no use for this address", place)


def _check_tokens(bodies: Sequence[Anatomy], named: Mentions, whole: TextPlace) -> None:
    for body in bodies:
        for token in _tokens_to_name(body):
            if not named.tokens.keys() & body.names(token):
                raise ungrounded(f"a token that the sentence does not name, {token.symbol}", whole)
    used = frozenset[Token]().union(*(body.names(token) for body in bodies for token in body.tokens))
    for token, place in named.tokens.items():
        if token not in used and not _is_where(place):
            raise ungrounded(f"no use for {token.symbol}", place)


def _is_where(place: TextPlace) -> bool:
    """Tell ``on Jupiter``, a place, from ``for JUP``, a token."""
    before = place.text[: place.start].lower().split()[-1:]
    return place.text[place.start : place.end].lower() in PLACES and bool(PREPOSITIONS.intersection(before))


def _tokens_to_name(body: Anatomy) -> tuple[Token, ...]:
    """What a step brings need not be named again."""
    return body.tokens[1:] if isinstance(body.amount, StepAmount) else body.tokens
