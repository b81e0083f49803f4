from typing import get_args

import pytest

from reev_orchestrator.mocks import RECORDED_OUTCOMES, recorded_outcome
from reev_types.chain import FailureCode
from reev_types.errors import UsageError


def test_the_success_paid_its_fee_and_moved_money():
    outcome = recorded_outcome("success")
    assert outcome.succeeded
    assert outcome.fee_lamports == 5_000
    assert sum(change.lamports_after - change.lamports_before for change in outcome.changes) == -5_000


@pytest.mark.parametrize("code", get_args(FailureCode))
def test_there_is_an_outcome_for_every_error_code(code):
    failure = recorded_outcome(code).failure
    assert failure.code == code
    assert failure.message


def test_slippage_is_jupiters_error_6001():
    outcome = recorded_outcome("slippage_exceeded")
    assert (outcome.failure.code, outcome.failure.custom_code, outcome.landed) == ("program_error", 6001, True)


def test_every_outcome_has_a_signature_of_its_own():
    assert len({recorded_outcome(name).signature for name in RECORDED_OUTCOMES}) == len(RECORDED_OUTCOMES)


def test_an_unknown_outcome_lists_the_known_ones():
    with pytest.raises(UsageError, match="unknown_outcome") as caught:
        recorded_outcome("rugged")
    assert "slippage_exceeded" in caught.value.suggestions[0]
