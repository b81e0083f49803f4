from dataclasses import replace

import pytest

from reev_runner.execution import TrialRunner
from reev_runner.files import BUILT_IN, find_benchmarks, load_case
from reev_runner.lint import Prober, ProbeReport
from reev_runner.lint._watches import there_and_back
from reev_types.amounts import U64_MAX, ExactAmount
from reev_types.assertions import LiquidityRatio
from reev_types.errors import ChainError


@pytest.fixture(scope="module")
def prober():
    return Prober()


def case(number):
    return load_case(find_benchmarks([number])[0])


def with_bound(number, **bound):
    """Return a benchmark whose first assertion demands something else."""
    found = case(number)
    first, *rest = found.ground_truth.assertions
    truth = found.ground_truth.model_copy(update={"assertions": (first.model_copy(update=bound), *rest)})
    return found.model_copy(update={"ground_truth": truth})


BUILT_IN_CASES = [load_case(path) for path in find_benchmarks([str(BUILT_IN)])]


@pytest.mark.parametrize("built_in", BUILT_IN_CASES, ids=lambda built_in: built_in.id)
def test_the_built_in_benchmarks_are_sound(prober, built_in):
    report = prober(built_in)
    assert set(report.met_by_nothing) <= there_and_back(built_in)
    assert replace(report, met_by_nothing=()) == ProbeReport()


def test_only_what_returns_is_met_by_doing_nothing(prober):
    assert prober(case("116")).met_by_nothing == (2, 3)


def test_an_assertion_that_the_reference_fails_is_found(prober):
    assert prober(with_bound("001", expected=1)).reference_failed == (0,)


def test_a_reference_that_cannot_be_carried_out_is_found(prober):
    found = case("001")
    ((transfer,),) = found.reference
    too_much = transfer.model_copy(update={"amount": ExactAmount(raw=U64_MAX)})
    report = prober(found.model_copy(update={"reference": ((too_much,),)}))
    assert report.reference_broke == ("step_1 failed: insufficient funds",)
    assert report.met_by_nothing == ()


def test_every_step_that_the_reference_does_not_reach_is_told(prober, two_payments):
    (first,), second = two_payments.reference
    too_much = first.model_copy(update={"amount": ExactAmount(raw=U64_MAX)})
    report = prober(two_payments.model_copy(update={"reference": ((too_much,), second)}))
    assert report.reference_broke == ("step_1 failed: insufficient funds", "step_2 skipped: flow aborted")


def test_a_step_that_the_cases_own_faults_break_is_no_fault_of_the_reference(prober):
    assert prober(case("420")) == ProbeReport()


def test_faults_excuse_no_reference_that_does_not_pass(prober):
    assert prober(case("420").model_copy(update={"recovery": None})).reference_broke != ()
    assert prober(case("402").model_copy(update={"recovery": None})).reference_broke == (
        "step_1 failed: blockhash expired",
    )


def test_an_assertion_that_a_run_cannot_evaluate_breaks_the_reference(prober):
    found = case("001")
    unbounded = LiquidityRatio(pubkey="USER_WALLET_PUBKEY")
    truth = found.ground_truth.model_copy(update={"assertions": (*found.ground_truth.assertions, unbounded)})
    report = prober(found.model_copy(update={"ground_truth": truth}))
    assert report.reference_failed == ()
    assert "an assertion could not be evaluated, so it earned nothing" in report.reference_broke


def test_a_chain_that_fails_under_the_reference_is_told(monkeypatch):
    async def fail(*_):
        raise ChainError("vm_failed", "the VM broke down")

    monkeypatch.setattr(TrialRunner, "_judged", fail)
    assert Prober()(case("001")).reference_broke == ("the VM broke down [vm_failed]",)


def test_an_assertion_that_doing_nothing_meets_is_found(prober):
    assert prober(with_bound("001", expected=None, expected_gte=0)) == ProbeReport(met_by_nothing=(0,))


def test_without_a_reference_nothing_is_run(prober):
    assert prober(with_bound("001", expected=1).model_copy(update={"reference": None})) == ProbeReport()
