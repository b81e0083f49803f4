import pytest
from pydantic import ValidationError

from reev_types.alternatives import AlternativeFlow, ReduceAmount, SplitAmount

HALVES = {"id": "halves", "triggers": ["slippage"], "rewrite": {"kind": "split_amount"}}


def test_a_rewrite_is_told_by_its_kind():
    assert AlternativeFlow.model_validate(HALVES).rewrite == SplitAmount(parts=2)


@pytest.mark.parametrize("to", ["0", "1"])
def test_a_reduced_amount_is_less_and_not_nothing(to):
    with pytest.raises(ValidationError):
        ReduceAmount(to=to)


@pytest.mark.parametrize("field", [{"id": "Two Halves"}, {"triggers": []}, {"triggers": ["bad_luck"]}])
def test_an_alternative_has_a_plain_id_and_failures_that_it_answers(field):
    with pytest.raises(ValidationError):
        AlternativeFlow.model_validate(HALVES | field)
