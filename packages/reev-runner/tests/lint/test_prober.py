import pytest

from reev_runner.cli._probe import Prober
from reev_runner.files import find_benchmarks, load_case
from reev_runner.lint import ProbeReport


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


@pytest.mark.parametrize("number", ["001", "002", "003", "004"])
def test_the_built_in_benchmarks_are_sound(prober, number):
    assert prober(case(number)) == ProbeReport()


def test_an_assertion_that_the_reference_fails_is_found(prober):
    assert prober(with_bound("001", expected=1)).reference_failed == (0,)


def test_an_assertion_that_doing_nothing_meets_is_found(prober):
    assert prober(with_bound("001", expected=None, expected_gte=0)) == ProbeReport(met_by_nothing=(0,))


def test_without_a_reference_nothing_is_run(prober):
    assert prober(with_bound("001", expected=1).model_copy(update={"reference": None})) == ProbeReport()
