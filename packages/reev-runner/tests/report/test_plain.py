from reev_runner.report._plain import outcome_line
from reev_runner.suite import BadFile, Trial
from reev_types.errors import BenchmarkError


def test_a_passed_trial_is_one_line(passed):
    assert outcome_line(passed) == "PASS 001-sol-transfer score 1.00 steps 1/1 transactions 1 fee 0.000005 SOL cu 150"


def test_a_failed_trial_gives_its_reasons(failed):
    assert outcome_line(failed) == (
        "FAIL 003-spl-transfer-fail score 0.00 steps 0/1 transactions 1 fee 0.000005 SOL cu 4644 "
        "reasons did_nothing,refusal_missing"
    )


def test_a_trial_without_a_verdict_gives_its_error(errored):
    assert outcome_line(errored) == (
        "ERROR 001-sol-transfer steps 0/0 transactions 0 fee 0 SOL cu 0 error the VM stopped [vm_failed]"
    )


def test_a_bad_file_gives_its_place_and_advice(bad_file):
    assert outcome_line(bad_file) == (
        "BAD somewhere/broken.yml:7:15: initial_state[0].lamports: expected an amount of 0 or more, found -1 "
        "[negative_amount] → write 1000000000 for 1 SOL"
    )


def test_a_hostile_id_stays_on_its_line(passed):
    result = passed.result.model_copy(update={"benchmark_id": "x\nPASS fake score 1.00\x1b[2J"})
    line = outcome_line(Trial(result, passed.events))
    assert line.isprintable()
    assert line.startswith("PASS x PASS fake score 1.00 score 1.00")


def test_a_bad_file_without_a_place_is_named_by_its_path():
    bad = BadFile("a.yml", BenchmarkError("unreadable", "cannot be read"))
    assert outcome_line(bad) == "BAD a.yml: cannot be read [unreadable]"
