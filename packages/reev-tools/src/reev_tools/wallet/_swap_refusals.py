"""Jupiter's refusals in the words of the swap tool: its API has choices that the tool does not offer."""

from __future__ import annotations

from difflib import get_close_matches

from reev_tools.jupiter import JupiterRefusalError, QuoteRequest
from reev_types.tokens import symbol_of, token_of

__all__ = ["in_tool_terms"]


def in_tool_terms(refusal: JupiterRefusalError, request: QuoteRequest) -> JupiterRefusalError:
    """Return ``refusal`` with suggestions that a caller of ``jupiter_swap`` can follow."""
    suggestions = (*_ways_out(refusal, request), *_lending(request))
    return JupiterRefusalError(refusal.code, refusal.message, suggestions=suggestions, context=refusal.context)


def _ways_out(refusal: JupiterRefusalError, request: QuoteRequest) -> tuple[str, ...]:
    if refusal.code != "no_routes_found":
        return refusal.suggestions
    return _other_venues(refusal, request) if request.dexes else ("swap by way of SOL or USDC in two steps",)


def _other_venues(refusal: JupiterRefusalError, request: QuoteRequest) -> tuple[str, ...]:
    known = str(refusal.context.get("venues", ""))
    labels = {label.casefold(): label for label in known.split(", ")}
    close = get_close_matches(request.dexes[0].casefold(), labels, n=1)
    meant = (f"did you mean venue {labels[close[0]]!r}?",) if close and request.dexes[0] not in labels.values() else ()
    return (*meant, f"leave venue out, or give another one of {known}" if known else "leave venue out")


def _lending(request: QuoteRequest) -> tuple[str, ...]:
    tokens = [token for mint in (request.input_mint, request.output_mint) if (token := token_of(mint))]
    return tuple(
        f"{token.symbol} is a share of a vault for {symbol_of(token.underlying)}: "
        "jupiter_lend_earn_deposit brings it, jupiter_lend_earn_redeem gives it back"
        for token in tokens
        if token.underlying
    )
