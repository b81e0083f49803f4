"""Requests that leave open what is to be done are asked back."""

import pytest

from reev_orchestrator.language import parse
from reev_types.errors import UserError


@pytest.mark.parametrize("text", ["complex DeFi operation", "high-value transaction", "please some trades"])
def test_a_deed_without_a_verb_is_asked_about(text):
    with pytest.raises(UserError) as caught:
        parse(text)
    assert caught.value.code == "ask_action"
    assert len(caught.value.suggestions) == 3


@pytest.mark.parametrize(
    "text", ["blue SOL operation", "operation 5", "one two three four five six operations", "blue"]
)
def test_what_names_more_or_nothing_is_not_understood(text):
    with pytest.raises(UserError) as caught:
        parse(text)
    assert caught.value.code == "not_understood"
