"""Words that a reading which the grammar did not make is judged by."""

from __future__ import annotations

__all__ = [
    "ACQUIRING",
    "AWAY",
    "KINDS_OF_VERBS",
    "LENDING",
    "NOT_SHOWN",
    "PLACES",
    "POINTERS",
    "PREPOSITIONS",
    "TOWARDS",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NOT_SHOWN = _words(
    "ignore disregard forget override bypass pretend obey instruction instructions prompt rules system assistant"
    " jailbreak developer admin administrator root sudo user model llm ai chatbot"
    " # < { } [ ] \\ | = ` * _ ~ ^ @"
    " twice thrice times again repeat both apiece per"
)
"""Words and signs of a sentence that speaks to whoever reads it, hides something, or counts what is to be done."""

LENDING = _words(
    "lend lent lending loan deposit deposits earn earning yield interest supply jupiter jup vault vaults pool"
    " redeem mint shares withdraw"
)
POINTERS = _words(
    "it them that those this these proceeds result results output outcome what whatever everything all rest"
)
PLACES = _words("jupiter jup solana")
"""Names of tokens, and of where things are done."""

TOWARDS = _words("to into → become becomes becoming")
AWAY = _words("with using from spending out paying")
ACQUIRING = _words("buy purchase get fetch grab acquire obtain receive want need take have")
"""Without one of them, and without ``AWAY``, an amount is what is spent."""
PREPOSITIONS = _words("on at via with through using in into from by")
"""Before one of ``PLACES`` they say that it is a place."""

_VERBS_OF_KINDS = {
    "swap": "swap exchange convert trade sell buy purchase",
    "transfer": "send transfer pay",
    "lend_deposit lend_mint": "lend deposit supply",
    "lend_withdraw lend_redeem": "withdraw",
    "lend_redeem": "redeem",
    "lend_mint": "mint",
}
KINDS_OF_VERBS = {verb: _words(kinds) for kinds, verbs in _VERBS_OF_KINDS.items() for verb in verbs.split()}
"""The kinds of intents of which one has to be there when the sentence has a verb."""
