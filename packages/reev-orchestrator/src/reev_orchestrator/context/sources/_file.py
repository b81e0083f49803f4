"""A wallet's context out of a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from reev_types.contexts import WalletContext
from reev_types.errors import FilePlace, UserError
from reev_types.tokens import symbol_of, token_of

from ._json import read_json
from ._places import place_in, place_of_value

__all__ = ["load_context"]

_MOST_BYTES = 8 * 1024 * 1024
_EXAMPLE = 'a context is {"owner": "<address>", "sol_balance": <lamports>, "token_balances": {}, "token_prices": {}}'


def load_context(path: Path) -> WalletContext:
    """Return the ``WalletContext`` that a JSON file holds, with the registry's decimals where it gives none.

    Raises UserError with the place in the file: ``unreadable_context`` when there is no such text, ``bad_context``
    for what is no JSON, no context, or says of a token what cannot be.
    """
    text = _text(path)
    try:
        value = read_json(text)
    except json.JSONDecodeError as error:
        raise _bad(f"no JSON: {error.msg}", FilePlace(str(path), error.lineno, error.colno)) from None
    except ValueError as error:
        raise _bad(f"no JSON: {error}", place_in(str(path), text, 0)) from None
    try:
        context = WalletContext.model_validate(value)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, problem["loc"])) or "the whole"
        raise _bad(f"{field}: {problem['msg']}", place_of_value(str(path), text, problem["loc"])) from None
    for keys, reason in _contradictions(context):
        raise _bad(reason, place_of_value(str(path), text, keys))
    return _completed(context)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        text = content.decode()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UserError(
            "unreadable_context", f"the context cannot be read: {reason}", place=FilePlace(str(path))
        ) from None
    if len(content) > _MOST_BYTES:
        raise UserError(
            "unreadable_context", f"the context is larger than {_MOST_BYTES} bytes", place=FilePlace(str(path))
        )
    return text


def _contradictions(context: WalletContext) -> list[tuple[tuple[str, ...], str]]:
    """Return where a context says what cannot be, with the reason."""
    found: list[tuple[tuple[str, ...], str]] = []
    for mint, balance in context.token_balances.items():
        keys, token = ("token_balances", mint), token_of(mint)
        if balance.mint != mint:
            found.append(((*keys, "mint"), f"the balance of {mint} names another mint"))
        if token is not None and balance.decimals not in (None, token.decimals):
            words = f"{token.symbol} has {token.decimals} decimals, not {balance.decimals}"
            found.append(((*keys, "decimals"), words))
    for mint, price in context.token_prices.items():
        if price == 0:
            words = f"the price of {symbol_of(mint)} is zero; leave out what is not known"
            found.append((("token_prices", mint), words))
    return found


def _completed(context: WalletContext) -> WalletContext:
    balances: dict[str, Any] = {}
    for mint, balance in context.token_balances.items():
        token = token_of(mint)
        balances[mint] = balance.model_copy(update={"decimals": token.decimals}) if token else balance
    return context.model_copy(update={"token_balances": balances})


def _bad(reason: str, place: FilePlace) -> UserError:
    return UserError("bad_context", reason, place=place, suggestions=(_EXAMPLE,))
