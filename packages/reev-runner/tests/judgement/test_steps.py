from typing import Any

import pytest

from reev_runner.judgement import ReferenceRun
from reev_runner.judgement._steps import Fault, acted, faults
from reev_types.agents import Completed, GaveUp, RefusedByAgent
from reev_types.amounts import AllAmount
from reev_types.atomicity import AtomicMode
from reev_types.benchmarks import TestStep
from reev_types.chain import TransactionFailure, TransactionOutcome
from reev_types.intents import BalancesIntent, PositionsIntent, RefuseIntent, TransferIntent
from reev_types.results import StepResult
from reev_types.tokens import SOL_MINT

PAY = (TransferIntent(mint=SOL_MINT, recipient="RECIPIENT_WALLET_PUBKEY", amount=AllAmount()),)
LOOK = (BalancesIntent(),)
POSITIONS = (PositionsIntent(),)
BALANCE = frozenset({"get_account_balance"})
REFUSE = (RefuseIntent(code="insufficient_funds"),)
REFUSED = RefusedByAgent(code="insufficient_funds")
DONE = Completed(answer="done")
SUCCESS = TransactionOutcome(signature="s", slot=1, landed=True)
FAILURE = TransactionOutcome(
    signature="f", slot=1, landed=True, failure=TransactionFailure(code="insufficient_tokens", message="no")
)


def _step(step_id: str = "1", *, critical: bool = True) -> TestStep:
    return TestStep(step_id=step_id, prompt="do it", critical=critical)


def _ended(outcome: Any, step_id: str = "1", *, status: Any = "succeeded") -> StepResult:
    return StepResult(step_id=step_id, critical=True, status=status, outcome=outcome)


def _reference(*outcomes: Any, passed_through: bool = True) -> ReferenceRun:
    return ReferenceRun(passed_through=passed_through, spent_raw={}, gainers=frozenset(), outcomes=outcomes)


def _reasons(found: tuple[Fault, ...]) -> list[tuple[str, bool]]:
    return [(fault.reason, fault.decisive) for fault in found]


@pytest.mark.parametrize(
    ("outcome", "status", "expected"),
    [
        (REFUSED, "succeeded", []),
        (REFUSED, "failed", []),
        (DONE, "succeeded", [("refusal_missing", True)]),
        (None, "skipped", [("refusal_missing", True)]),
        (RefusedByAgent(code="unsupported"), "succeeded", [("refusal_code", True)]),
    ],
)
@pytest.mark.parametrize("critical", [True, False])
def test_what_is_to_be_refused_must_be_refused_with_the_same_code(
    make_case: Any, make_evidence: Any, outcome: Any, status: str, expected: Any, critical: bool
) -> None:
    case = make_case(steps=[_step(critical=critical)], reference=(REFUSE,))
    evidence = make_evidence(reference=_reference(REFUSED), steps=(_ended(outcome, status=status),))

    assert _reasons(faults(case, evidence)) == expected


@pytest.mark.parametrize("critical", [True, False])
def test_a_needless_refusal_decides_only_on_a_critical_step(make_case: Any, make_evidence: Any, critical: bool) -> None:
    case = make_case(steps=[_step(critical=critical)], reference=(PAY,))
    evidence = make_evidence(reference=_reference(DONE), steps=(_ended(REFUSED),))

    assert _reasons(faults(case, evidence)) == [("refused_needlessly", critical)]


@pytest.mark.parametrize(("intents", "expected"), [(REFUSE, []), (PAY, [("refused_needlessly", True)])])
@pytest.mark.parametrize("reference", [None, _reference(passed_through=False)])
def test_without_a_usable_run_the_intents_of_the_reference_tell_what_to_refuse(
    make_case: Any, make_evidence: Any, intents: Any, expected: Any, reference: Any
) -> None:
    case = make_case(steps=[_step()], reference=(intents,))

    assert _reasons(faults(case, make_evidence(reference=reference, steps=(_ended(REFUSED),)))) == expected


@pytest.mark.parametrize(("status", "expected"), [("succeeded", []), ("failed", [("critical_step_failed", True)])])
def test_without_any_reference_a_refusal_is_judged_by_the_status(
    make_case: Any, make_evidence: Any, status: str, expected: Any
) -> None:
    evidence = make_evidence(steps=(_ended(REFUSED, status=status),), step_transactions={"1": (FAILURE,)})

    assert _reasons(faults(make_case(steps=[_step()]), evidence)) == expected


@pytest.mark.parametrize("status", ["failed", "skipped"])
def test_a_critical_step_must_succeed(make_case: Any, make_evidence: Any, status: str) -> None:
    evidence = make_evidence(steps=(_ended(GaveUp(code="tool_failed", reason=""), status=status),))

    assert _reasons(faults(make_case(steps=[_step()]), evidence)) == [("critical_step_failed", True)]
    assert not faults(make_case(steps=[_step(critical=False)]), evidence)


@pytest.mark.parametrize("critical", [True, False])
def test_an_agent_without_the_reference_it_follows_has_failed_for_that_reason(
    make_case: Any, make_evidence: Any, critical: bool
) -> None:
    lost = _ended(GaveUp(code="no_reference", reason="nothing to follow"), status="failed")

    found = faults(make_case(steps=[_step(critical=critical)]), make_evidence(steps=(lost,)))

    assert _reasons(found) == [("no_reference", True)]


def test_a_critical_step_that_never_ran_has_failed(make_case: Any, make_evidence: Any) -> None:
    case = make_case(steps=[_step("1"), _step("2")])

    found = faults(case, make_evidence(steps=(_ended(DONE),)))

    assert _reasons(found) == [("critical_step_failed", True)]


@pytest.mark.parametrize(
    ("submitted", "expected"),
    [
        ((SUCCESS,), []),
        ((FAILURE, SUCCESS), []),
        ((FAILURE,), [("failed_transaction", True)]),
        ((SUCCESS, FAILURE), [("failed_transaction", True)]),
        ((), []),
    ],
    ids=["success", "made good", "failure", "failed at last", "nothing sent"],
)
def test_a_critical_step_ends_as_its_last_transaction_ended(
    make_case: Any, make_evidence: Any, submitted: Any, expected: Any
) -> None:
    evidence = make_evidence(steps=(_ended(DONE),), step_transactions={"1": submitted})

    assert _reasons(faults(make_case(steps=[_step()]), evidence)) == expected
    assert not faults(make_case(steps=[_step(critical=False)]), evidence)


@pytest.mark.parametrize(
    ("outcome", "status", "submitted", "reason"),
    [
        (GaveUp(code="tool_failed", reason=""), "failed", (), "critical_step_failed"),
        (DONE, "succeeded", (FAILURE,), "failed_transaction"),
        (REFUSED, "failed", (), "refused_needlessly"),
    ],
)
@pytest.mark.parametrize("mode", AtomicMode)
def test_in_a_lenient_flow_a_critical_step_explains_and_does_not_decide(
    make_case: Any, make_evidence: Any, mode: AtomicMode, outcome: Any, status: str, submitted: Any, reason: str
) -> None:
    case = make_case(steps=[_step()], reference=(PAY,)).model_copy(update={"atomic_mode": mode})
    evidence = make_evidence(
        reference=_reference(DONE), steps=(_ended(outcome, status=status),), step_transactions={"1": submitted}
    )

    assert _reasons(faults(case, evidence)) == [(reason, mode is not AtomicMode.LENIENT)]


def test_a_failed_attempt_before_a_right_refusal_is_allowed(make_case: Any, make_evidence: Any) -> None:
    evidence = make_evidence(
        reference=_reference(REFUSED), steps=(_ended(REFUSED),), step_transactions={"1": (FAILURE,)}
    )

    assert not faults(make_case(steps=[_step()], reference=(REFUSE,)), evidence)


def test_each_step_is_held_to_its_own_expectation(make_case: Any, make_evidence: Any) -> None:
    case = make_case(steps=[_step("1"), _step("2")], reference=(PAY, REFUSE))
    evidence = make_evidence(reference=_reference(DONE, REFUSED), steps=(_ended(REFUSED, "1"), _ended(DONE, "2")))

    assert _reasons(faults(case, evidence)) == [("refused_needlessly", True), ("refusal_missing", True)]


@pytest.mark.parametrize(
    ("reference", "run", "expected"),
    [
        ((PAY,), {"transactions": (SUCCESS,)}, True),
        ((PAY,), {"transactions": (FAILURE,), "reads": BALANCE, "steps": (_ended(DONE),)}, False),
        ((PAY,), {"steps": (_ended(REFUSED),)}, False),
        ((LOOK,), {}, False),
        ((LOOK,), {"reads": BALANCE}, True),
        ((LOOK,), {"reads": frozenset({"jupiter_earn", "get_lend_earn_tokens"})}, False),
        ((POSITIONS,), {"reads": frozenset({"jupiter_earn"})}, True),
        ((POSITIONS,), {"reads": frozenset({"get_position_info"})}, True),
        ((POSITIONS,), {"reads": frozenset({"get_account_balance", "get_lend_earn_tokens"})}, False),
        ((LOOK, POSITIONS), {"reads": BALANCE}, False),
        ((LOOK, POSITIONS), {"reads": frozenset({"get_account_balance", "jupiter_earn"})}, True),
        (((), ()), {"reads": BALANCE}, False),
        ((LOOK,), {"steps": (_ended(DONE),)}, False),
        ((LOOK,), {"transactions": (SUCCESS,)}, False),
        ((REFUSE,), {"steps": (_ended(REFUSED),)}, True),
        ((REFUSE,), {"steps": (_ended(REFUSED),), "transactions": (FAILURE,)}, True),
        ((REFUSE,), {"steps": (_ended(RefusedByAgent(code="unsupported")),)}, False),
        ((REFUSE,), {"steps": (_ended(DONE),), "reads": BALANCE, "transactions": (FAILURE,)}, False),
        ((REFUSE,), {"transactions": (SUCCESS,)}, True),
        ((REFUSE,), {"steps": (_ended(REFUSED, "elsewhere"),)}, False),
        ((PAY, REFUSE), {"steps": (_ended(REFUSED, "2"),)}, False),
        (None, {}, False),
        (None, {"steps": (_ended(DONE),)}, False),
        (None, {"reads": BALANCE}, True),
        (None, {"transactions": (SUCCESS,)}, True),
    ],
)
def test_doing_something_means_doing_something_of_the_kind_asked_for(
    make_case: Any, make_evidence: Any, reference: Any, run: Any, expected: bool
) -> None:
    case = make_case(steps=[_step("1"), _step("2")], reference=reference)

    assert acted(case, make_evidence(**run)) is expected
