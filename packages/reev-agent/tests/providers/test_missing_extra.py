import sys

import pytest

from reev_agent.providers import resolve_model
from reev_types.errors import UsageError


def test_a_missing_extra_is_a_mistake_that_says_how_to_mend_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pydantic_ai.providers", None)
    monkeypatch.setitem(sys.modules, "pydantic_ai", None)
    with pytest.raises(UsageError, match="pydantic") as caught:
        resolve_model("pydantic-ai:anthropic:claude-haiku-4-5", {})
    assert caught.value.code == "missing_extra"
    assert caught.value.suggestions[0] == "pip install 'reev-agent[pydantic-ai]'"
