"""What an intent says of amounts, in the form in which a sentence is searched for them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

from reev_orchestrator.language import Claim
from reev_types.amounts import AllAmount, ExactAmount, ShareAmount, StepAmount, UsdAmount

from ._anatomy import Anatomy

__all__ = ["claims"]


def claims(body: Anatomy) -> Iterator[Claim]:
    """Yield the amounts as ``mentions`` would find them; none for what an earlier step brings."""
    amount, token = body.amount, body.counted
    match amount:
        case ExactAmount(raw=raw):
            yield Claim("number", Fraction(raw, 10**token.decimals), token)
        case ShareAmount(of=of):
            yield Claim("share", Fraction(of), token)
        case AllAmount(keep_raw=keep_raw):
            yield Claim("everything", Fraction(0), token)
            if keep_raw:
                yield Claim("number", Fraction(keep_raw, 10**token.decimals), token)
        case UsdAmount(value=value):
            yield Claim("dollars", Fraction(value), token)
        case StepAmount(of=of):
            if of != 1:
                yield Claim("share", Fraction(of), None)
        case _:
            assert_never(amount)
