from dataclasses import replace
from typing import Any

import pytest
from inline_snapshot import snapshot

from reev_runner.judgement import ReferenceRun, StateView, gains_raw, judge, reference_run
from reev_types.agents import Completed, RefusedByAgent
from reev_types.amounts import ExactAmount
from reev_types.assertions import SolBalance, TokenAccountBalance, TotalPortfolioValue
from reev_types.benchmarks import ExpectedInstruction, TestStep
from reev_types.intents import LendDepositIntent, RefuseIntent, TransferIntent
from reev_types.results import Judgement, StepResult
from reev_types.tokens import SOL_MINT, find_token

USDC = find_token("USDC").mint
USER, RECIPIENT = "USER_WALLET_PUBKEY", "RECIPIENT_WALLET_PUBKEY"
AMOUNT, FEE = 10**8, 5_000
PAY = TransferIntent(mint=SOL_MINT, recipient=RECIPIENT, amount=ExactAmount(raw=AMOUNT))
DONE, REFUSED = Completed(answer="sent"), RefusedByAgent(code="insufficient_funds")
STEP = TestStep(step_id="1", prompt="do it", critical=True)


def _ended(outcome: Any, status: Any = "succeeded") -> tuple[StepResult, ...]:
    return (StepResult(step_id="1", critical=True, status=status, outcome=outcome),)


def _view(book: Any) -> StateView:
    accounts = book.accounts.items()
    return StateView({place: a.lamports for place, a in accounts}, {place: a.amount_raw for place, a in accounts})


class SolTransfer:
    """A benchmark like 001, its reference run, and the run of an agent on the same ledger."""

    def __init__(self, ledger: Any, make_case: Any, make_evidence: Any, wallet: str, recipient: str) -> None:
        self.wallet, self.recipient, self.make_evidence = wallet, recipient, make_evidence
        self.case = make_case(
            SolBalance(pubkey=RECIPIENT, expected=10**9 + AMOUNT),
            SolBalance(pubkey=USER, expected=10**9 - AMOUNT - FEE),
            steps=[STEP],
            reference=((PAY,),),
            not_gradable=("expected_otel_tracking",),
        )
        oracle = ledger()
        oracle.transact(oracle.pay(wallet, recipient, AMOUNT))
        self.reference: ReferenceRun | None = reference_run(wallet, oracle.outcomes, (DONE,), passed_through=True)
        self.book = ledger()
        self.before = _view(self.book)

    def judged(self, steps: Any = None, **given: Any) -> Judgement:
        evidence = self.make_evidence(
            before=self.before,
            after=_view(self.book),
            transactions=tuple(self.book.outcomes),
            reference=self.reference,
            steps=_ended(DONE) if steps is None else steps,
            **given,
        )
        return judge(self.case, evidence)


@pytest.fixture
def trial(ledger: Any, make_case: Any, make_evidence: Any, wallet: str, recipient: str) -> SolTransfer:
    return SolTransfer(ledger, make_case, make_evidence, wallet, recipient)


def test_a_run_like_the_reference_passes(trial: SolTransfer) -> None:
    trial.book.transact(trial.book.pay(trial.wallet, trial.recipient, AMOUNT))

    assert trial.judged().to_json() == snapshot(
        {
            "passed": True,
            "reasons": [],
            "score": 1.0,
            "score_arithmetic": "(1 + 1) / 2 = 1",
            "min_score": 1.0,
            "assertions": [
                {
                    "type": "SolBalance",
                    "subject": "SOL of RECIPIENT_WALLET_PUBKEY",
                    "expected": "1.1 SOL",
                    "actual": "1.1 SOL",
                    "met": True,
                    "weight": "1",
                    "note": "",
                },
                {
                    "type": "SolBalance",
                    "subject": "SOL of USER_WALLET_PUBKEY",
                    "expected": "0.899995 SOL",
                    "actual": "0.899995 SOL",
                    "met": True,
                    "weight": "1",
                    "note": "",
                },
            ],
            "instruction_score": None,
            "legacy_score": 1.0,
            "outflows": [
                {
                    "mint": "So11111111111111111111111111111111111111112",
                    "spent_raw": 100005000,
                    "allowed_raw": 100105000,
                }
            ],
            "strangers": [],
            "not_gradable": ["expected_otel_tracking"],
        }
    )


@pytest.mark.parametrize("amount", [AMOUNT - 1, AMOUNT + 1, AMOUNT // 10])
def test_another_amount_does_not_pass(trial: SolTransfer, amount: int) -> None:
    trial.book.transact(trial.book.pay(trial.wallet, trial.recipient, amount))

    found = trial.judged()

    assert (found.score, found.reasons) == (0.0, ("score_below_minimum",))


def test_nine_times_the_amount_is_an_unrequested_outflow(trial: SolTransfer) -> None:
    trial.book.transact(trial.book.pay(trial.wallet, trial.recipient, AMOUNT * 9))

    assert trial.judged().reasons == ("score_below_minimum", "unrequested_outflow")


def test_another_recipient_does_not_pass(trial: SolTransfer, address: Any) -> None:
    trial.book.transact(trial.book.pay(trial.wallet, address("mallory"), AMOUNT))

    found = trial.judged()

    assert (found.score, found.reasons) == (0.5, ("score_below_minimum", "stranger_gained"))


def test_dust_for_a_stranger_fails_a_run_that_is_otherwise_perfect(
    trial: SolTransfer, make_case: Any, address: Any
) -> None:
    trial.case = make_case(SolBalance(pubkey=RECIPIENT, expected=10**9 + AMOUNT), steps=[STEP], reference=((PAY,),))
    pay = trial.book.pay
    trial.book.transact(pay(trial.wallet, trial.recipient, AMOUNT), pay(trial.wallet, address("mallory"), 1))

    found = trial.judged()

    assert (found.passed, found.score, found.reasons) == (False, 1.0, ("stranger_gained",))


def test_an_agent_that_does_nothing_earns_nothing(trial: SolTransfer) -> None:
    found = trial.judged(steps=_ended(Completed()))

    assert (found.passed, found.score) == (False, 0.0)
    assert found.reasons == ("did_nothing", "score_below_minimum")
    assert found.score_arithmetic == "0 / 2 = 0, but 0 for doing nothing"


def test_doing_nothing_earns_nothing_even_where_the_state_is_right(trial: SolTransfer, make_case: Any) -> None:
    trial.case = make_case(SolBalance(pubkey=USER, expected_gte=1), steps=[STEP], reference=((PAY,),), min_score=0)

    found = trial.judged()

    assert (found.passed, found.score, found.reasons) == (False, 0.0, ("did_nothing",))


def test_a_needless_refusal_does_not_pass(trial: SolTransfer) -> None:
    found = trial.judged(steps=_ended(REFUSED))

    assert found.reasons == ("did_nothing", "score_below_minimum", "refused_needlessly")


def test_a_needless_refusal_of_a_step_that_is_not_critical_explains_a_low_score_only(
    trial: SolTransfer, make_case: Any
) -> None:
    step = STEP.model_copy(update={"critical": False})
    trial.case = trial.case.model_copy(update={"steps": (step,)})
    short = trial.judged(steps=_ended(REFUSED))
    trial.book.transact(trial.book.pay(trial.wallet, trial.recipient, AMOUNT))

    assert "refused_needlessly" in short.reasons
    assert trial.judged(steps=_ended(REFUSED)).passed


def test_a_critical_step_that_failed_fails_the_run(trial: SolTransfer) -> None:
    trial.book.transact(trial.book.pay(trial.wallet, trial.recipient, AMOUNT))

    found = trial.judged(steps=_ended(DONE, "failed"))

    assert (found.score, found.reasons) == (1.0, ("critical_step_failed",))


def test_a_run_passes_at_its_minimum_score_and_not_below(trial: SolTransfer, make_case: Any) -> None:
    trial.book.transact(trial.book.pay(trial.wallet, trial.recipient, AMOUNT))
    assertions = (
        SolBalance(pubkey=RECIPIENT, expected=10**9 + AMOUNT, weight="0.6"),
        SolBalance(pubkey=USER, expected=0, weight="0.4"),
    )

    for minimum, reasons in (("0.6", ()), ("0.600001", ("score_below_minimum",))):
        trial.case = make_case(*assertions, steps=[STEP], reference=((PAY,),), min_score=minimum)
        assert trial.judged().reasons == reasons


def test_an_assertion_that_cannot_be_evaluated_earns_nothing_and_is_named(trial: SolTransfer, make_case: Any) -> None:
    trial.book.transact(trial.book.pay(trial.wallet, trial.recipient, AMOUNT))
    trial.case = make_case(
        SolBalance(pubkey=RECIPIENT, expected=10**9 + AMOUNT),
        TotalPortfolioValue(pubkey=USER, expected_gte=1),
        steps=[STEP],
        reference=((PAY,),),
    )

    found = trial.judged()

    assert (found.score, found.reasons) == (0.5, ("score_below_minimum", "not_gradable_assertion"))


def test_a_benchmark_that_asserts_nothing_passes_nobody(trial: SolTransfer, make_case: Any) -> None:
    trial.book.transact(trial.book.pay(trial.wallet, trial.recipient, AMOUNT))
    trial.case = make_case(steps=[STEP], reference=((PAY,),), min_score=0)

    assert trial.judged().reasons == ("nothing_to_grade",)


def test_a_score_below_its_minimum_by_less_than_it_shows_does_not_pass(trial: SolTransfer, make_case: Any) -> None:
    trial.book.transact(trial.book.pay(trial.wallet, trial.recipient, AMOUNT))
    trial.case = make_case(
        SolBalance(pubkey=RECIPIENT, expected=10**9 + AMOUNT),
        SolBalance(pubkey=USER, expected=0, weight="0.0000001"),
        steps=[STEP],
        reference=((PAY,),),
    )

    found = trial.judged()

    assert (found.passed, found.score) == (False, 1.0)
    assert found.score_arithmetic == "1 / 1.0000001 ≈ 1"


def test_without_a_reference_the_state_alone_decides(trial: SolTransfer, make_case: Any, address: Any) -> None:
    trial.case = make_case(SolBalance(pubkey=RECIPIENT, expected=10**9 + AMOUNT), steps=[STEP])
    trial.reference = None
    pay = trial.book.pay
    trial.book.transact(pay(trial.wallet, trial.recipient, AMOUNT), pay(trial.wallet, address("mallory"), 10**6))

    found = trial.judged()

    assert found.passed
    assert [(outflow.spent_raw, outflow.allowed_raw) for outflow in found.outflows] == [(AMOUNT + 10**6 + FEE, None)]


def test_an_instruction_score_is_given_where_instructions_are_expected(trial: SolTransfer, make_case: Any) -> None:
    expected = ExpectedInstruction(program_id="11111111111111111111111111111111")
    trial.case = make_case(SolBalance(pubkey=USER, expected_gte=1), steps=[STEP], expected_instructions=(expected,))

    assert trial.judged().instruction_score == 0.0


def _refusing(make_case: Any, make_evidence: Any, **given: Any) -> Judgement:
    case = make_case(
        TokenAccountBalance(pubkey="USER_USDC_ATA", expected=0),
        TokenAccountBalance(pubkey="RECIPIENT_USDC_ATA", expected=0),
        reference=((RefuseIntent(code="insufficient_funds"),),),
    )
    reference = ReferenceRun(passed_through=True, spent_raw={}, gainers=frozenset(), outcomes=(REFUSED,))
    return judge(case, make_evidence(reference=reference, **given))


def test_003_is_passed_by_an_explicit_refusal(make_case: Any, make_evidence: Any) -> None:
    found = _refusing(make_case, make_evidence, steps=_ended(REFUSED))

    assert (found.passed, found.score, found.reasons) == (True, 1.0, ())


def test_003_is_not_passed_by_doing_nothing(make_case: Any, make_evidence: Any) -> None:
    found = _refusing(make_case, make_evidence, steps=_ended(Completed(answer="there is too little USDC")))

    assert found.score == 0.0
    assert found.reasons == ("did_nothing", "score_below_minimum", "refusal_missing")


def test_003_is_not_passed_by_a_refusal_for_another_reason(make_case: Any, make_evidence: Any) -> None:
    found = _refusing(make_case, make_evidence, steps=_ended(RefusedByAgent(code="unsupported")))

    assert found.reasons == ("did_nothing", "score_below_minimum", "refusal_code")


@pytest.mark.parametrize(("outcome", "passed"), [(REFUSED, True), (DONE, False)])
def test_003_allows_a_failed_attempt_only_before_a_refusal(
    ledger: Any, make_case: Any, make_evidence: Any, outcome: Any, passed: bool
) -> None:
    book = ledger()
    attempt = book.transact(failing=True)

    found = _refusing(make_case, make_evidence, steps=_ended(outcome), transactions=(attempt,))

    assert found.passed is passed
    assert found.score == (1.0 if passed else 0.0)


def test_a_vacuous_assertion_does_not_hide_a_failed_second_step(
    ledger: Any, make_case: Any, make_evidence: Any, wallet: str
) -> None:
    intents = (LendDepositIntent(mint=USDC, amount=ExactAmount(raw=1)),)
    steps = [STEP, STEP.model_copy(update={"step_id": "2"})]
    case = make_case(SolBalance(pubkey=USER, expected_gte=0), steps=steps, reference=(intents, intents))
    book = ledger()
    good, bad = book.transact(), book.transact(failing=True)
    results = (*_ended(DONE), StepResult(step_id="2", critical=True, status="succeeded", outcome=DONE))
    evidence = make_evidence(transactions=(good, bad), steps=results, step_transactions={"1": (good,), "2": (bad,)})

    assert judge(case, evidence).reasons == ("failed_transaction",)
    assert gains_raw((good, bad), wallet) == {}


@pytest.mark.parametrize(
    ("ending", "reasons"),
    [("rolled_back", ()), ("aborted", ("did_nothing", "wrong_ending"))],
)
def test_a_flow_that_has_to_be_undone_need_not_have_done_anything_else(
    make_case: Any, ledger: Any, make_evidence: Any, ending: Any, reasons: tuple[str, ...]
) -> None:
    case = make_case(SolBalance(pubkey=USER, expected=10**9), steps=[STEP], reference=((PAY,),))
    truth = case.ground_truth.model_copy(update={"ending": "rolled_back"})
    untouched = _view(ledger())
    evidence = make_evidence(before=untouched, after=untouched, steps=_ended(DONE, "failed"), ending=ending)
    found = judge(case.model_copy(update={"ground_truth": truth}), evidence).reasons
    assert [reason for reason in found if reason != "score_below_minimum"] == list(reasons)


def test_a_solution_that_breaks_off_is_no_measure(trial: SolTransfer) -> None:
    trial.reference = replace(trial.reference, passed_through=False)
    trial.book.transact(trial.book.pay(trial.wallet, trial.recipient, AMOUNT))
    assert "reference_failed" in trial.judged().reasons
