from decimal import Decimal

import pytest

from reev_runner.report import exit_status, tally
from reev_runner.report._tally import duration_ms
from reev_runner.suite import BadFile, Trial
from reev_types.errors import ChainError
from reev_types.results import ModelUsage


def test_outcomes_are_counted(passed, failed, errored, bad_file):
    counts = tally([passed, failed, errored, bad_file])
    assert (counts.passed, counts.failed, counts.errors, counts.bad_files, counts.total) == (1, 1, 1, 1, 4)
    assert counts.average_score == 0.5
    assert not counts.all_passed


def test_without_a_verdict_there_is_no_average_score(errored):
    assert tally([errored]).average_score is None


def asked(trial, cost_micro_usd):
    usage = ModelUsage(model_calls=2, input_tokens=300, output_tokens=20, cost_micro_usd=cost_micro_usd)
    metrics = trial.result.flow.metrics.model_copy(update={"model_usage": usage})
    flow = trial.result.flow.model_copy(update={"metrics": metrics})
    return Trial(trial.result.model_copy(update={"flow": flow}), trial.events)


def test_what_models_took_is_added_up(passed, failed):
    usage = tally([asked(passed, 7), passed, asked(failed, 5)]).model_usage
    assert usage == ModelUsage(model_calls=4, input_tokens=600, output_tokens=40, cost_micro_usd=12)


def test_a_price_that_is_not_known_leaves_the_sum_unknown(passed):
    assert tally([asked(passed, 7), asked(passed, None)]).model_usage.cost_micro_usd is None


def test_where_no_model_was_asked_nothing_is_said_of_one(passed):
    assert tally([passed]).model_usage is None


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
