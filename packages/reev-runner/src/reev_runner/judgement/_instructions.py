"""The instruction score: how much of the expected instructions was executed, in whatever order and encoding.

It informs and does not decide. Instructions beyond the expected ones do not lower it; what they do to the wallet is
judged by outflows.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from reev_types.benchmarks import ExpectedAccount, ExpectedInstruction, TestCase
from reev_types.chain import AccountMeta, Instruction

from ._assignment import best_total
from ._encodings import MINT_ROLE, by_role, guessed_transfer_roles, meaning, transfer_roles
from ._evidence import Evidence
from ._weights import data_weight, exact, sum_of, total_weight

__all__ = ["instruction_score"]

_ACCESSORY_PROGRAMS = frozenset(
    {
        "ComputeBudget111111111111111111111111111111",
        "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL",  # creates associated token accounts
        "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr",
        "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo",
    }
)


def instruction_score(case: TestCase, evidence: Evidence) -> Fraction | None:
    """Return the weight of what matches over the whole weight, 0 to 1.

    Each expected instruction is paired with at most one executed instruction of the same program, so that the sum is
    largest. Compute-budget, account-creation and memo instructions count on neither side. None when nothing is
    expected, nothing carries weight, or the benchmark skips this validation.
    """
    if case.ground_truth.skip_instruction_validation:
        return None
    expected = [e for e in case.ground_truth.expected_instructions if e.program_id not in _ACCESSORY_PROGRAMS]
    total = total_weight(expected)
    if total == 0:
        return None
    gains = [[_gain(wanted, executed, evidence) for executed in evidence.executed] for wanted in expected]
    return best_total(gains) / total


def _gain(expected: ExpectedInstruction, executed: Instruction, evidence: Evidence) -> Fraction:
    if expected.program_id != executed.program_id:
        return Fraction(0)
    earned = [expected.program_id_weight]
    program = executed.program_id
    if expected.data is not None and meaning(program, expected.data) == meaning(program, executed.data):
        earned.append(data_weight(expected))
    roles = transfer_roles(program, executed.data)
    metas = by_role(executed.accounts, roles or ())
    wanted = by_role(expected.accounts, _expected_roles(expected) if roles else ())
    earned += [account.weight for role, account in wanted.items() if _is_met(role, account, metas, evidence)]
    return exact(sum_of(earned))


def _expected_roles(expected: ExpectedInstruction) -> tuple[str, ...]:
    roles = transfer_roles(expected.program_id, expected.data) if expected.data is not None else None
    return roles or guessed_transfer_roles(len(expected.accounts))


def _is_met(role: str, expected: ExpectedAccount, metas: Mapping[str, AccountMeta], evidence: Evidence) -> bool:
    meta = metas.get(role)
    if meta is None:
        return role == MINT_ROLE  # a plain Transfer names no mint; its token accounts imply it
    # In a transaction an account has every right that any instruction, or paying the fee, gives it. So more rights
    # than expected mean nothing, and the wallet, which pays, signs and is writable whatever an instruction says.
    is_payer = meta.pubkey == evidence.wallet
    return (
        meta.pubkey == evidence.addresses.get(expected.pubkey, expected.pubkey)
        and (meta.is_signer or is_payer or not expected.is_signer)
        and (meta.is_writable or is_payer or not expected.is_writable)
    )
