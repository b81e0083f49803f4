import pytest

from reev_runner.judgement import REASONS
from reev_runner.report._reasons import explained, step_reason


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_is_explained_with_advice(code):
    explanation = explained(code)
    assert explanation.sentence == REASONS[code]
    assert explanation.advice


def test_an_unknown_reason_speaks_for_itself():
    assert explained("moon_out_of_phase\x1b[2J") == ("moon out of phase", "")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("flow_aborted", "an earlier step ended the flow"),
        ("limit_timeout", "its time was up"),
        ("insufficient_funds", "insufficient funds"),
    ],
)
def test_why_a_step_failed_is_told_in_words(code, words):
    assert step_reason(code) == words
