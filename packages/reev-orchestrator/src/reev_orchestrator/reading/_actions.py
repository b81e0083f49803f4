"""What a model made of a sentence, held against its words: what is to be done, and which way an exchange goes."""

from __future__ import annotations

from collections.abc import Sequence

from reev_orchestrator.language import Mentions
from reev_types.amounts import StepAmount
from reev_types.errors import TextPlace
from reev_types.intents import Intent, SwapIntent

from ._anatomy import Anatomy, anatomy
from ._claims import claims
from ._refusal import ungrounded
from ._vocabulary import ACQUIRING, AWAY, KINDS_OF_VERBS, LENDING, POINTERS, TOWARDS

__all__ = ["check_actions"]

_WORDS_BEFORE_A_TOKEN = 4
"""How far before a token a word may stand that says which way it goes: ``into the dollar coin USDC``."""


def check_actions(intents: Sequence[Intent], named: Mentions, whole: TextPlace) -> None:
    """Raise UserError ``model_ungrounded`` for what is done without a word for it, left undone in spite of one, or
    exchanged the other way round. The tokens of ``intents`` have to be among those of ``named``.
    """
    kinds = {intent.kind for intent in intents}
    for verb in sorted(named.words & KINDS_OF_VERBS.keys()):
        if not kinds & KINDS_OF_VERBS[verb]:
            raise ungrounded(f"nothing for the word {verb!r}", whole)
    if any(kind.startswith("lend_") for kind in kinds) and not named.words & LENDING:
        raise ungrounded("lending, of which the sentence does not speak", whole)
    for intent in intents:
        body = anatomy(intent)
        if body is not None and isinstance(body.amount, StepAmount) and not named.words & POINTERS:
            raise ungrounded("a step with what another brings, of which the sentence does not speak", whole)
        told = _direction(body, named) or (None if named.words & ACQUIRING else "in")
        if isinstance(intent, SwapIntent) and told not in (None, intent.side):
            raise ungrounded("the exchange the other way round", whole)


def _direction(body: Anatomy | None, named: Mentions) -> str | None:
    """Return ``in`` where the sentence has ``0.1 SOL into USDC``, ``out`` where it has ``50 USDC with SOL``."""
    if body is None or body.other is None:
        return None
    places = [place for claim in claims(body) for place in named.amounts[claim]]
    there = named.tokens[body.other]
    if not places or places[0].start > there.start:
        return None
    before = there.text[places[0].end : there.start].lower().split()[-_WORDS_BEFORE_A_TOKEN:]
    told = next((word.strip(",.:;") for word in reversed(before) if word.strip(",.:;") in TOWARDS | AWAY), None)
    return None if told is None else "in" if told in TOWARDS else "out"
