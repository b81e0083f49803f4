"""The words that the grammar knows, as tables."""

from __future__ import annotations

from typing import Literal

__all__ = [
    "ALL_WORDS",
    "CONDITIONS",
    "DOLLARS",
    "EXCEPTIONS",
    "FILLERS",
    "FOREIGN_TICKERS",
    "GRAMMAR_WORDS",
    "MY",
    "NEGATIONS",
    "OPENERS",
    "OPTIONS",
    "POLITE_QUESTIONS",
    "PURPOSES_OF_KEEPING",
    "QUESTIONS",
    "REAL_WORDS",
    "SCHEDULES",
    "SEPARATORS",
    "VAGUE_AMOUNTS",
    "VAGUE_THINGS",
    "VENUES",
    "VERBS",
    "Action",
]

Action = Literal[
    "swap", "buy", "use", "multiply", "transfer", "lend", "put", "earn", "withdraw", "take", "mint", "redeem", "keep"
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VERBS_OF: dict[Action, str] = {
    "swap": "swap exchange convert trade change turn sell",
    "buy": "buy purchase get receive acquire",
    "use": "use spend",
    "multiply": "multiply grow double triple quadruple",
    "transfer": "send transfer pay give",
    "lend": "lend deposit supply",
    "put": "put move",
    "earn": "earn",
    "withdraw": "withdraw",
    "take": "take pull",
    "mint": "mint",
    "redeem": "redeem",
    "keep": "keep leave",
}
VERBS: dict[str, Action] = {word: action for action, words in _VERBS_OF.items() for word in words.split()}

SEPARATORS: tuple[tuple[str, ...], ...] = (
    ("after", "that"),
    ("after", "which"),
    ("and", "then"),
    ("then",),
    ("and",),
    ("afterwards",),
    ("afterward",),
    ("next",),
    ("finally",),
    ("lastly",),
    (",",),
    (";",),
    (".",),
    ("&",),
)

OPENERS: tuple[tuple[str, ...], ...] = tuple(
    tuple(phrase.split())
    for phrase in (
        "can you help me",
        "could you help me",
        "can you",
        "could you",
        "would you",
        "will you",
        "help me to",
        "help me",
        "i want you to",
        "i want to",
        "i need you to",
        "i need to",
        "i would like you to",
        "i would like to",
        "i'd like you to",
        "i'd like to",
        "i wanna",
        "let's",
        "lets",
        "let us",
        "go ahead and",
        "use jupiter to",
    )
)
POLITE_QUESTIONS = frozenset(opener for opener in OPENERS if opener[0] in {"can", "could", "would", "will"})

FILLERS: tuple[tuple[str, ...], ...] = tuple(
    tuple(phrase.split())
    for phrase in (
        "right now",
        "right away",
        "thank you",
        "and thank you",
        "and thanks",
        "for me",
        "at the best price",
        "at the best rate",
        "at best price",
        "at best rate",
        "at market price",
        "at the market price",
        "at the current price",
        "as much",
        "as possible",
        "please",
        "pls",
        "plz",
        "kindly",
        "just",
        "now",
        "today",
        "immediately",
        "asap",
        "thanks",
        "hey",
        "hi",
        "hello",
        "ok",
        "okay",
        "simply",
        "quickly",
        "also",
        "!",
        "…",
    )
)
"""Said without meaning anything; they are left out wherever they stand."""

NEGATIONS = _words(
    "don't dont not never no cancel stop avoid without instead rather cannot can't cant won't wont shouldn't"
    " doesn't isn't nothing neither nor refrain abort undo revert"
)
CONDITIONS = _words(
    "if unless provided assuming whether case suppose otherwise else depending limit stop-loss above below"
    " drops rises falls hits reaches exceeds"
)
SCHEDULES = _words(
    "when whenever until till once while every each daily weekly monthly hourly yearly annually tomorrow tonight later"
    " dca recurring repeat repeatedly monday tuesday wednesday thursday friday saturday sunday schedule scheduled"
    " midnight noon morning evening minute minutes hour hours day days week weeks month months year years"
    " periodically regularly soon eventually before"
)
QUESTIONS = _words(
    "what what's whats how how's why who who's where which whose should is are was were does do did has have may am"
    " whom wherever"
)
OPTIONS = _words("slippage memo priority tip leverage leveraged stop-loss take-profit")
VENUES = _words(
    "raydium orca kamino marginfi solend meteora phoenix drift lifinity saber binance coinbase kraken uniswap aave"
    " openbook pumpfun moonshot loopscale"
)

DOLLARS = _words("dollars dollar usd bucks buck")
ALL_WORDS = _words("all max maximum everything entire whole")
_EXCEPTIONS = tuple(
    tuple(phrase.split())
    for phrase in (
        "except for",
        "except",
        "apart from",
        "but keep",
        "but keeping",
        "but leave",
        "but leaving",
        "but for",
        "but",
        "and keep",
        "and leave",
        "keep",
        "keeping",
        "leave",
        "leaving",
        "minus",
        "excluding",
        "save for",
    )
)
EXCEPTIONS: tuple[tuple[str, ...], ...] = (*_EXCEPTIONS, *((",", *phrase) for phrase in _EXCEPTIONS))
PURPOSES_OF_KEEPING: tuple[tuple[str, ...], ...] = tuple(
    tuple(phrase.split())
    for phrase in ("for fees", "for the fees", "for gas", "for gas fees", "for rent", "as a reserve", "aside")
)
MY: tuple[tuple[str, ...], ...] = (("of", "my"), ("of", "the"), ("of",), ("my",), ("the",))
VAGUE_AMOUNTS = _words(
    "some about around roughly approximately approx nearly almost few little bit most several many much lots plenty"
    " enough any couple ~ nan infinity inf up at under over between part"
)
VAGUE_THINGS = _words("money funds tokens token crypto coins coin cash stuff something")
GRAMMAR_WORDS = _words(
    "to into for in with using via through on from of and then or by worth my the a an at out exactly against"
) | frozenset(sign for phrase in SEPARATORS for sign in phrase)

FOREIGN_TICKERS = _words(
    "jlp jto bone bome wif pyth ray orca usdh usds usde usdg usdp usdy usd1 uxd dai fdusd eurt eurs eure euro euros eur"
    " stsol bsol hsol jupsol inf usdce usdcet busd tusd pusd susd jsup jump bon bonus solv sole soul sold solo"
    " bank boni book"
)
"""Other people's tickers and everyday words that differ from a known ticker by a letter: never taken for a typo."""

REAL_WORDS = _words(
    "sent lent paid sold land lead lens mend bend tend fend rend seed seen tell well fell bell cell yell self"
    " wrap snap soap slap swan swam sway sweep grade trace track trail traded hint mind mine lint tint mist main"
    " live dive five gave love more mode make made bake fake chance charge charged covert concert concept reposit"
    " change changed swaps learn yearn earned past post pull push poll bull full pun pit pot pat cut use used uses"
    " stake rake wake sake snake shake seal play pray busy bury user muse fuse great movie putt punt pout given"
    " buys guys spent speed turns tern torn burn born told role"
)
"""Words one letter away from a verb that mean something else."""
