"""The aggregator's swap instructions: their tags, what they have in common, and the order of their accounts."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

__all__ = ["FORMS", "Form", "form_tagged"]

_ROUTE = (
    "token_program",
    "user_transfer_authority",
    "user_source_token_account",
    "user_destination_token_account",
    "destination_token_account",
    "destination_mint",
    "platform_fee_account",
    "event_authority",
    "program",
)
_EXACT_OUT_ROUTE = (
    "token_program",
    "user_transfer_authority",
    "user_source_token_account",
    "user_destination_token_account",
    "destination_token_account",
    "source_mint",
    "destination_mint",
    "platform_fee_account",
    "token_2022_program",
    "event_authority",
    "program",
)
_SHARED_ROUTE = (
    "token_program",
    "program_authority",
    "user_transfer_authority",
    "source_token_account",
    "program_source_token_account",
    "program_destination_token_account",
    "destination_token_account",
    "source_mint",
    "destination_mint",
    "platform_fee_account",
    "token_2022_program",
    "event_authority",
    "program",
)
_ROUTE_V2 = (
    "user_transfer_authority",
    "user_source_token_account",
    "user_destination_token_account",
    "source_mint",
    "destination_mint",
    "source_token_program",
    "destination_token_program",
    "destination_token_account",
    "event_authority",
    "program",
)
_SHARED_ROUTE_V2 = (
    "program_authority",
    "user_transfer_authority",
    "source_token_account",
    "program_source_token_account",
    "program_destination_token_account",
    "destination_token_account",
    "source_mint",
    "destination_mint",
    "source_token_program",
    "destination_token_program",
    "event_authority",
    "program",
)


class Form(NamedTuple):
    """One swap instruction."""

    name: str
    accounts: tuple[str, ...]
    """Roles in order, in the words of Jupiter's interface; the accounts of the route's steps follow."""
    shared: bool = False
    """Tokens pass through accounts of the program authority."""
    exact_out: bool = False
    """The caller fixes what is received, not what is paid."""
    v2: bool = False
    """Token programs are named one by one, and the amounts come before the plan."""

    @property
    def tag(self) -> bytes:
        """The first eight bytes of the instruction's data."""
        return sha256(f"global:{self.name}".encode()).digest()[:8]


FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form("route", _ROUTE),
        Form("exact_out_route", _EXACT_OUT_ROUTE, exact_out=True),
        Form("shared_accounts_route", _SHARED_ROUTE, shared=True),
        Form("shared_accounts_exact_out_route", _SHARED_ROUTE, shared=True, exact_out=True),
        Form("route_v2", _ROUTE_V2, v2=True),
        Form("exact_out_route_v2", _ROUTE_V2, exact_out=True, v2=True),
        Form("shared_accounts_route_v2", _SHARED_ROUTE_V2, shared=True, v2=True),
        Form("shared_accounts_exact_out_route_v2", _SHARED_ROUTE_V2, shared=True, exact_out=True, v2=True),
    )
}
"""The instructions that the embedded program accepts, by name."""
_BY_TAG = {form.tag: form for form in FORMS.values()}


def form_tagged(tag: bytes) -> Form | None:
    """Return the instruction that starts with ``tag``, or None."""
    return _BY_TAG.get(tag)
