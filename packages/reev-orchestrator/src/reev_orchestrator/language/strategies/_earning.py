"""``use 50% SOL to maximize my USDC returns``, ``risk-adjusted growth with …``, ``yield farming with …``."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from reev_orchestrator.language._assets import take_asset
from reev_orchestrator.language._cursor import Cursor
from reev_orchestrator.language._quantities import Part, amount_of
from reev_orchestrator.language._questions import ask_amount, ask_token, ask_which_amount
from reev_orchestrator.language._scenarios import Farming, RiskAdjustedGrowth, YieldOptimisation
from reev_orchestrator.language._shares import take_fraction, take_percent
from reev_orchestrator.language._story import Story
from reev_orchestrator.language._tokens import take_named_token
from reev_orchestrator.language._venues import AT, skip_wallet, take_lending
from reev_types.amounts import Amount, ShareAmount
from reev_types.tokens import SOL, Token, token_named

__all__ = ["read_farming", "read_growth", "read_spread", "read_use_for_yield", "read_yield"]

_BEST = ("maximize", "maximise", "optimize", "optimise")
_GAINS = ("returns", "return", "yield", "yields", "interest", "earnings")
_PLANS = ("strategy", "plan")
_WITH = ("with", "using", "from", "for", "on")
_CAPITAL = ("capital", "portfolio", "holdings", "funds", "assets")
_VAULTS = ("pools", "vaults", "markets")
_GROWTH = "implement a risk-adjusted growth strategy with 30% of my SOL"
_FARMING = "start yield farming with 70% of my capital"
_YIELD = "use 50% of my SOL to maximize my USDC yield on Jupiter"


def read_growth(story: Story) -> RiskAdjustedGrowth | None:
    """Read ``risk-adjusted growth [strategy] using 30% of my SOL``; raises ``ask_amount`` and ``ask_token``."""
    cursor = story.cursor
    start = cursor.position
    if not (cursor.accept("risk-adjusted", "growth") or cursor.accept("risk", "adjusted", "growth")):
        return None
    cursor.accept_one(_PLANS)
    if not cursor.accept_one(_WITH):
        raise ask_amount(cursor.since(start), "how much may be put to work?", _GROWTH)
    token, amount = _spent(story, _GROWTH)
    return RiskAdjustedGrowth(token.mint, amount)


def read_use_for_yield(story: Story) -> YieldOptimisation | None:
    """Read ``use 50% SOL to maximize my USDC returns``; raises ``ask_token`` where no token is named."""
    cursor = story.cursor
    if not cursor.accept("use") or not any(cursor.lexemes[at].word in _BEST for at in _clause(cursor)):
        return None
    token, amount = _spent(story, _YIELD)
    if not cursor.accept("to") or cursor.accept_one(_BEST) is None:
        return None
    return _maximised(story, token, amount, _take_target(cursor))


def read_yield(story: Story) -> YieldOptimisation | None:
    """Read ``maximize my USDC yield with 50% of my SOL``; raises ``ask_amount`` where nothing is to be spent."""
    cursor = story.cursor
    start = cursor.position
    target = _take_target(cursor) if cursor.accept_one(_BEST) else None
    if target is None:
        return None
    take_lending(cursor, AT)
    if not cursor.accept_one(_WITH):
        raise ask_amount(cursor.since(start), "how much may be spent for it?", _YIELD)
    token, amount = _spent(story, _YIELD)
    return _maximised(story, token, amount, target)


def read_farming(story: Story) -> Farming | None:
    """Read ``yield farming [strategy] using 70% of my available capital``; raises ``ask_amount``."""
    cursor = story.cursor
    start = cursor.position
    cursor.accept_one(_BEST)
    cursor.accept_one(("my", "a", "the"))
    if not cursor.accept_phrase((("yield", "farming"), ("yield", "farm"), ("farm", "yield"), ("farm", "yields"))):
        return None
    cursor.accept_one(_PLANS)
    take_lending(cursor, AT)
    if not cursor.accept_one(_WITH):
        raise ask_amount(cursor.since(start), "how much of the capital may be lent?", _FARMING)
    return _farming(cursor)


def read_spread(story: Story) -> Farming | None:
    """Read ``spread 70% of my capital over the Jupiter lending vaults``; raises ``ask_amount``."""
    cursor = story.cursor
    if not cursor.accept_one(("spread", "diversify")):
        return None
    farming = _farming(cursor)
    start = cursor.position
    if cursor.accept_one(("over", "across")):
        cursor.accept_one(("all", "several", "multiple"))
        cursor.accept("the")
        cursor.accept_one(("jupiter", "jup"))
        cursor.accept_one(("lending", "lend", "earn"))
        if cursor.accept_one(_VAULTS):
            return farming
    cursor.position = start
    raise ask_token(cursor.here(), "spread over what?", "spread 70% of my capital over the Jupiter lending vaults")


def _clause(cursor: Cursor) -> range:
    """Return the positions up to the end of the sentence that the cursor is in."""
    ends = (at for at in range(cursor.position, len(cursor.lexemes)) if cursor.lexemes[at].word in (".", ";"))
    return range(cursor.position, next(ends, len(cursor.lexemes)))


def _spent(story: Story, example: str) -> tuple[Token, Amount]:
    cursor = story.cursor
    start = cursor.position
    asset = take_asset(story)
    if asset is None or asset.token is None:
        raise ask_token(cursor.since(start) if asset else cursor.here(), "how much of which token?", example)
    if asset.quantity is None or asset.shares:
        raise ask_amount(asset.place, f"how much {asset.token.symbol}?", example)
    skip_wallet(cursor)
    return asset.token, amount_of(asset.quantity, asset.token)


def _take_target(cursor: Cursor) -> Token | None:
    """Read ``my USDC returns`` or ``returns on my USDC`` if it comes next, or None; nothing is corrected."""
    start = cursor.position
    cursor.accept_one(("my", "the"))
    if token_named(cursor.peek().text) is not None and cursor.peek(1).word in _GAINS:
        target = take_named_token(cursor)
        cursor.take()
        return target
    if cursor.accept_one(_GAINS) and cursor.accept_one(("on", "of", "in", "from", "for")):
        cursor.accept_one(("my", "the"))
        if cursor.peek().word not in ("jupiter", "jup") and (target := take_named_token(cursor)) is not None:
            return target
    cursor.position = start
    return None


def _maximised(story: Story, token: Token, amount: Amount, target: Token | None) -> YieldOptimisation:
    cursor = story.cursor
    if target is None:
        raise ask_token(cursor.here(), "the yield of which token?", _YIELD)
    take_lending(cursor, (*AT, "in"))
    return YieldOptimisation(token.mint, amount, target.mint)


def _farming(cursor: Cursor) -> Farming:
    start = cursor.position
    share = take_percent(cursor)
    share = take_fraction(cursor) if share is None else share
    if share is None and cursor.accept("all"):
        share = Fraction(1)
    cursor.accept("of")
    cursor.accept_one(("my", "the"))
    cursor.accept_one(("available", "total", "whole", "entire"))
    if share is None or cursor.accept_one(_CAPITAL) is None:
        raise ask_which_amount(cursor.since(start), "which share of the capital?", _FARMING, "lend 70% of my SOL")
    return Farming(_share(Part(share, cursor.since(start))))


def _share(part: Part) -> Decimal:
    amount = amount_of(part, SOL)
    assert isinstance(amount, ShareAmount), "a part is a share of any token"
    return amount.of
