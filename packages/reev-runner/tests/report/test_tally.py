from decimal import Decimal

import pytest

from reev_runner.report import exit_status, tally
from reev_runner.report._tally import duration_ms
from reev_runner.suite import BadFile
from reev_types.errors import ChainError


def test_outcomes_are_counted(passed, failed, errored, bad_file):
    counts = tally([passed, failed, errored, bad_file])
    assert (counts.passed, counts.failed, counts.errors, counts.bad_files, counts.total) == (1, 1, 1, 1, 4)
    assert counts.average_score == 0.5
    assert not counts.all_passed


def test_without_a_verdict_there_is_no_average_score(errored):
    assert tally([errored]).average_score is None


def test_all_passed_is_status_0(passed):
    assert exit_status([passed, passed]) == 0


def test_a_failed_benchmark_is_status_1(passed, failed):
    assert exit_status([passed, failed]) == 1


def test_a_bad_file_weighs_more_than_a_failed_benchmark(failed, bad_file):
    assert exit_status([bad_file, failed]) == 2


def test_a_failed_environment_weighs_most(errored, bad_file, failed):
    assert exit_status([errored, bad_file, failed]) == 3


def test_a_file_that_the_environment_kept_from_being_read_is_status_3():
    assert exit_status([BadFile("a.yml", ChainError("rpc_down", "no answer"))]) == 3


@pytest.mark.parametrize(
    ("timing", "milliseconds"),
    [
        ({"duration_ms": 1.5}, "1.5"),
        ({"duration_ms": 2}, "2"),
        ({}, "0"),
        *(({"duration_ms": odd}, "0") for odd in (None, True, "soon", -1, 10**400, float("nan"), float("inf"))),
    ],
)
def test_a_duration_is_read_from_the_timing(timing, milliseconds):
    assert duration_ms(timing) == Decimal(milliseconds)
