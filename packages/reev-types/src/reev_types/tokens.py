"""The token registry: which symbol means which mint, with decimals and token program.

A table, so that no name that a chain or a model supplies decides what is transferred. Source of mints and
decimals: the mints on Solana mainnet, checked on 2026-11-22; ``jl`` tokens are Jupiter Lend shares.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import NamedTuple

from .addresses import is_address
from .errors import TokenError

__all__ = [
    "SOL",
    "SOL_MINT",
    "TOKENS",
    "TOKEN_2022_PROGRAM",
    "TOKEN_PROGRAM",
    "Token",
    "find_lending_share",
    "find_token",
    "lending_share",
    "symbol_of",
    "token_named",
    "token_of",
]

TOKEN_PROGRAM = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"
TOKEN_2022_PROGRAM = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb"
SOL_MINT = "So11111111111111111111111111111111111111112"
"""The wrapped-SOL mint, which stands for native SOL in intents and prices."""


class Token(NamedTuple):
    """One row of the registry."""

    symbol: str
    name: str
    mint: str
    decimals: int
    program: str = TOKEN_PROGRAM
    aliases: tuple[str, ...] = ()
    underlying: str | None = None
    """For a lending share: the mint that it is a share of."""


SOL = Token("SOL", "Solana", SOL_MINT, 9, aliases=("wsol", "solana"))

TOKENS: tuple[Token, ...] = (
    SOL,
    Token("USDC", "USD Coin", "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", 6),
    Token("USDT", "Tether USD", "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB", 6, aliases=("tether",)),
    Token("JUP", "Jupiter", "JUPyiwrYJFskUPiHa7hkeR8VUtAeFoSYbKedZNsDvCN", 6),
    Token("BONK", "Bonk", "DezXAZ8z7PnrnRJjz3wXBoRgixCa6xjnB7YaB1pPB263", 5),
    Token("JitoSOL", "Jito Staked SOL", "J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn", 9),
    Token("mSOL", "Marinade Staked SOL", "mSoLzYCxHdYgdzU16g5QSh3i5K3z3KZK7ytfqcJm7So", 9),
    Token("PYUSD", "PayPal USD", "2b1kV6DkPAnxd5ixfnxCpjxmKwqjjaYmCZfHsFu24GXo", 6, TOKEN_2022_PROGRAM),
    Token("EURC", "Euro Coin", "HzwqbKZw8HxMN6bF2yFZNrht3c2iXXzpKcFu7uBEDKtr", 6),
    Token(
        "jlUSDC",
        "Jupiter Lend USDC",
        "9BEcn9aPEmhSPbPQeFGjidRiEKki46fVQDyPpSQXPA2D",
        6,
        aliases=("jusdc", "l-usdc"),
        underlying="EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
    ),
    Token(
        "jlUSDT",
        "Jupiter Lend USDT",
        "Cmn4v2wipYV41dkakDvCgFJpxhtaaKt11NyWV8pjSE8A",
        6,
        aliases=("jusdt", "l-usdt"),
        underlying="Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB",
    ),
    Token(
        "jlWSOL",
        "Jupiter Lend SOL",
        "2uQsyo1fXXQkDtcpXnLofWy88PxcvnfH2L8FPSE62FVU",
        9,
        aliases=("jlsol", "jsol", "l-sol"),
        underlying=SOL_MINT,
    ),
)

_BY_MINT = {token.mint: token for token in TOKENS}
_BY_NAME = {name.lower(): token for token in TOKENS for name in (token.symbol, *token.aliases)}
_SHARE_OF = {token.underlying: token for token in TOKENS if token.underlying is not None}


def token_of(mint: str) -> Token | None:
    """Return the registry's row for a mint address, or None."""
    return _BY_MINT.get(mint)


def lending_share(mint: str) -> Token | None:
    """Return the lending share of a mint, or None where the registry has none."""
    return _SHARE_OF.get(mint)


def find_lending_share(mint: str) -> Token:
    """Return the lending share of a mint; raises TokenError ``no_vault``."""
    share = _SHARE_OF.get(mint)
    if share is None:
        raise TokenError("no_vault", f"no lending share of {symbol_of(mint)} is known")
    return share


def symbol_of(mint: str) -> str:
    """Return the symbol of a mint for display.

    A mint outside the registry is shown shortened, never by a name that it claims for itself.
    """
    token = _BY_MINT.get(mint)
    return token.symbol if token else f"{mint[:4]}…{mint[-4:]}"


def token_named(text: str) -> Token | None:
    """Return the token that a symbol, alias (any case) or mint means, or None."""
    return _BY_MINT.get(text) or _BY_NAME.get(text.lower())


def find_token(text: str) -> Token:
    """Return the token that a symbol, alias (any case) or mint means; raises TokenError ``unknown_token``."""
    token = token_named(text)
    if token is not None:
        return token
    if is_address(text):
        raise TokenError("unknown_token", f"the mint {text} is not in the token registry")
    close = get_close_matches(text.lower(), _BY_NAME, n=3, cutoff=0.6)
    names = tuple(dict.fromkeys(_BY_NAME[name].symbol for name in close))
    hints = tuple(f"did you mean {name}?" for name in names) or ("give the mint address",)
    raise TokenError("unknown_token", f"{text[:40]!r} is no token that reev knows", suggestions=hints)
