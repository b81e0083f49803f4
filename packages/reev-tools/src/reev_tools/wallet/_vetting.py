"""What Jupiter wants the wallet to sign, instruction by instruction: nothing passes that was not asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from reev_tools.chain import associated_token_address
from reev_tools.jupiter import JupiterServiceError
from reev_tools.programs import ASSOCIATED_TOKEN_PROGRAM, COMPUTE_BUDGET_PROGRAM, MEMO_PROGRAMS
from reev_types.chain import Instruction
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM

__all__ = ["Terms", "vetted"]

_CREATIONS = (b"", b"\0", b"\1")
"""Data of Create, in its two forms, and CreateIdempotent."""
_CREATION_ACCOUNTS = 6


class Terms(Protocol):
    """What the market's one instruction has to be."""

    @property
    def owner(self) -> str:
        """The wallet, which alone signs."""

    @property
    def program(self) -> str:
        """The market's program."""

    @property
    def mints(self) -> frozenset[str]:
        """For which mints the wallet's own accounts may be opened."""

    def fault(self, call: Instruction) -> str | None:
        """Return what is wrong with a call of ``program``, or None."""


def vetted(calls: Iterable[Instruction], terms: Terms) -> tuple[Instruction, ...]:
    """Return the market's instructions less its compute budget, for which the tools have their own.

    Beside the one call that fulfils ``terms`` there may be creations of the wallet's own token accounts, and memos.
    Raises JupiterServiceError ``unexpected_instructions``.
    """
    kept = tuple(call for call in calls if call.program_id != COMPUTE_BUDGET_PROGRAM)
    for call in kept:
        fault = _foreign_signer(call, terms.owner) or _fault(call, terms)
        if fault is not None:
            raise _unexpected(fault)
    if sum(call.program_id == terms.program for call in kept) != 1:
        raise _unexpected(f"exactly one call of {terms.program} was asked for")
    return kept


def _fault(call: Instruction, terms: Terms) -> str | None:
    if call.program_id == terms.program:
        return terms.fault(call)
    if call.program_id == ASSOCIATED_TOKEN_PROGRAM:
        return None if _opens_own(call, terms) else "an account is opened that is not the wallet's own"
    return None if call.program_id in MEMO_PROGRAMS else f"program {call.program_id} has no business here"


def _foreign_signer(call: Instruction, owner: str) -> str | None:
    signer = next((meta.pubkey for meta in call.accounts if meta.is_signer and meta.pubkey != owner), None)
    return signer and f"{signer} would have to sign"


def _opens_own(call: Instruction, terms: Terms) -> bool:
    if call.data not in _CREATIONS or len(call.accounts) < _CREATION_ACCOUNTS:
        return False
    payer, account, holder, mint, _, program = (meta.pubkey for meta in call.accounts[:_CREATION_ACCOUNTS])
    if (payer, holder) != (terms.owner, terms.owner) or mint not in terms.mints:
        return False
    return program in (TOKEN_PROGRAM, TOKEN_2022_PROGRAM) and account == associated_token_address(holder, mint, program)


def _unexpected(fault: str) -> JupiterServiceError:
    return JupiterServiceError(
        "unexpected_instructions",
        f"Jupiter's answer asks for more than was wanted, and nothing was sent: {fault}",
        suggestions=("do not try again before somebody has looked at this Jupiter",),
    )
