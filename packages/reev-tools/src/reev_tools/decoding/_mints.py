"""Which mint a token account holds, as far as a transaction tells or the account's address proves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reev_tools.chain import associated_token_address
from reev_types.addresses import is_address
from reev_types.events import InstructionView
from reev_types.tokens import TOKENS

__all__ = ["Mints"]

_OF_THE_MINT = ("account", "source", "destination")
"""Roles whose accounts hold the ``mint`` of the same instruction, which the programs make sure of."""
_SURE = frozenset({"Token", "Token-2022", "Associated Token"})


class Mints:
    """The mints of token accounts: those known beforehand, and those that instructions tell."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = dict(known or {})

    def learn(self, views: Iterable[InstructionView]) -> None:
        """Take in which accounts these instructions name together with their mint."""
        for view in views:
            mint = view.accounts.get("mint")
            if mint is None or view.program not in _SURE:
                continue
            for role in _OF_THE_MINT:
                if role in view.accounts:
                    self._known.setdefault(view.accounts[role], mint)

    def of(self, account: str, owner: str) -> str | None:
        """Return the mint of ``account``, or None; where ``owner`` keeps each registered token is known."""
        return self._known.get(account) or _associated_mint(account, owner)


def _associated_mint(account: str, owner: str) -> str | None:
    if not is_address(owner):
        return None
    places = ((token.mint, associated_token_address(owner, token.mint, token.program)) for token in TOKENS)
    return next((mint for mint, address in places if address == account), None)
