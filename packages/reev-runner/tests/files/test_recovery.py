from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from reev_types.atomicity import OnAbort
from reev_types.benchmarks import TestCase
from reev_types.recovery import RecoveryConfig

Compile = Callable[..., TestCase]
Refuse = Callable[..., Any]


def test_a_file_that_does_not_speak_of_recovery_leaves_it_open(compiled: Compile):
    case = compiled()
    assert (case.recovery, case.faults, case.on_abort, case.ground_truth.ending) == (
        None,
        (),
        OnAbort.LEAVE,
        "completed",
    )


def test_what_a_file_says_of_recovery_reaches_the_test_case(compiled: Compile):
    case = compiled(
        top="on_abort: rollback\nrecovery: {retry_attempts: 5, backoff_multiplier: 1.5, default_answer: skip}",
        truth="  ending: rolled_back",
    )
    said = RecoveryConfig(retry_attempts=5, backoff_multiplier=Decimal("1.5"), default_answer="skip")
    assert case.recovery == said
    assert (case.on_abort, case.ground_truth.ending) == (OnAbort.ROLLBACK, "rolled_back")


def test_recovery_without_any_key_is_recovery_with_its_defaults(compiled: Compile):
    assert compiled(top="recovery: {}").recovery == RecoveryConfig()


@pytest.mark.parametrize("parts", [{"top": "on_abort: leave"}, {"top": "faults: []"}, {"truth": "  ending: completed"}])
def test_saying_what_holds_anyway_does_not_change_the_hash(compiled: Compile, parts: dict[str, str]):
    assert compiled(**parts).content_hash == compiled().content_hash


def test_everything_else_that_is_said_of_recovery_changes_the_hash(compiled: Compile):
    hashes = [
        compiled(**parts).content_hash
        for parts in (
            {},
            {"top": "on_abort: rollback"},
            {"top": "recovery: {}"},
            {"top": "recovery: {retry_attempts: 0}"},
            {"top": "faults: [{kind: lost_reply}]"},
            {"top": "faults: [{kind: lost_reply, attempts: [2]}]"},
            {"truth": "  ending: aborted"},
        )
    ]
    assert len(set(hashes)) == len(hashes)


def test_a_case_that_recovers_survives_json(compiled: Compile):
    case = compiled(
        top="on_abort: compensate\nrecovery: {backoff_multiplier: 3}\nfaults: [{kind: delay, seconds: 2}]",
        truth="  ending: compensated",
    )
    assert TestCase.model_validate_json(case.model_dump_json()) == case


@pytest.mark.parametrize(
    ("top", "code", "at"),
    [
        ("on_abort: undo", "wrong_value", "undo"),
        ("recovery: {retries: 3}", "unknown_key", "retries: 3}"),
        ("recovery: {retry_attempts: 101}", "out_of_range", "101}"),
        ("recovery: {backoff_multiplier: 0.5}", "out_of_range", "0.5}"),
        ("recovery: {default_answer: change_amount}", "wrong_value", "change_amount}"),
        ("recovery: yes", "wrong_type", "yes"),
    ],
)
def test_what_makes_no_sense_of_recovery_is_refused_at_its_place(refused: Refuse, top: str, code: str, at: str):
    error = refused(top=top)
    assert (error.code, error.at) == (code, at)


def test_an_ending_that_does_not_exist_is_refused(refused: Refuse):
    error = refused(truth="  ending: undone")
    assert (error.code, error.at) == ("wrong_value", "undone")
