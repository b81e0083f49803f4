"""The original's score, kept for comparison only: its order dependence, its credit for nothing and all.

It is clamp(0.75 · I + 0.25 · C): C is 1 when the last transaction succeeded, I the weight of expected instructions
that the submitted ones match, position by position, landed or not. A benchmark that skips instruction validation gets
1 or 0: there the original executes nothing and calls it a success when the agent returned any action.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from reev_types.benchmarks import ExpectedAccount, ExpectedInstruction, TestCase
from reev_types.chain import AccountMeta, Instruction

from ._evidence import Evidence
from ._weights import data_weight, exact, sum_of, total_weight

__all__ = ["legacy_score"]

_INSTRUCTION_SHARE = Fraction(3, 4)
_CHAIN_SHARE = Fraction(1, 4)


def legacy_score(case: TestCase, evidence: Evidence) -> Fraction:
    """Return the original's score, 0 to 1; without expected instructions I is 1, and submitting nothing is a failure.

    A read counts as an action, because the original turns whatever an agent returns into one.
    """
    if case.ground_truth.skip_instruction_validation:
        return Fraction(bool(evidence.transactions or evidence.reads))
    succeeded = bool(evidence.transactions) and evidence.transactions[-1].succeeded
    return _INSTRUCTION_SHARE * _matched(case, evidence) + _CHAIN_SHARE * succeeded


def _matched(case: TestCase, evidence: Evidence) -> Fraction:
    expected = case.ground_truth.expected_instructions
    total = total_weight(expected)
    if total == 0:
        return Fraction(1)
    pairs = zip(expected, evidence.instructions, strict=False)
    return exact(sum_of(_earned(wanted, given, evidence.addresses) for wanted, given in pairs)) / total


def _earned(expected: ExpectedInstruction, given: Instruction, addresses: Mapping[str, str]) -> Decimal:
    pairs = zip(expected.accounts, given.accounts, strict=False)
    weights = [account.weight for account, meta in pairs if _matches(account, meta, addresses)]
    if expected.program_id == given.program_id:
        weights.append(expected.program_id_weight)
    if expected.data == given.data:
        weights.append(data_weight(expected))
    return sum_of(weights)


def _matches(expected: ExpectedAccount, meta: AccountMeta, addresses: Mapping[str, str]) -> bool:
    flags_agree = (expected.is_signer, expected.is_writable) == (meta.is_signer, meta.is_writable)
    return flags_agree and addresses.get(expected.pubkey, expected.pubkey) == meta.pubkey
