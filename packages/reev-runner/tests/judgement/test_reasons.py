from typing import get_args

from reev_runner.judgement import REASONS, Reason
from reev_runner.judgement._reasons import in_order


def test_every_reason_has_a_sentence() -> None:
    assert set(REASONS) == set(get_args(Reason))
    assert all(sentence for sentence in REASONS.values())


def test_reasons_are_listed_once_and_in_a_fixed_order() -> None:
    found: list[Reason] = ["stranger_gained", "did_nothing", "stranger_gained"]

    assert in_order(found) == ("did_nothing", "stranger_gained")
