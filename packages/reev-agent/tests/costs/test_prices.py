from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_agent.costs import Price, PriceTable, cost_micro_usd
from reev_types.errors import UsageError
from reev_types.models import TokenUsage

GLM = PriceTable.bundled().price_of("zai", "glm-4.6")
tokens = st.integers(0, 10**7)
prices = st.builds(
    Price,
    provider=st.just("p"),
    model=st.just("m"),
    as_of=st.just("2026-01-01"),
    input=st.decimals(0, 100, places=4),
    cached_input=st.decimals(0, 100, places=4),
    output=st.decimals(0, 100, places=4),
)


def test_a_million_tokens_cost_what_the_table_says():
    million = TokenUsage(input_tokens=10**6, output_tokens=10**6)
    assert PriceTable.bundled().cost_micro_usd("zai", "glm-4.6", million) == 600_000 + 2_200_000


def test_cached_input_has_a_price_of_its_own():
    usage = TokenUsage(input_tokens=1_000, output_tokens=0, cached_input_tokens=900)
    assert cost_micro_usd(GLM, usage) == 60 + 99


def test_reasoning_is_part_of_the_output_and_not_paid_twice():
    usage = TokenUsage(input_tokens=0, output_tokens=1_000, reasoning_tokens=1_000)
    assert cost_micro_usd(GLM, usage) == 2_200


@pytest.mark.parametrize("provider", ["local", "zai-coding", "scripted"])
def test_this_machine_and_a_flat_rate_cost_nothing_by_the_token(provider):
    table = PriceTable.bundled()
    assert table.cost_micro_usd(provider, "whatever", TokenUsage(input_tokens=9, output_tokens=9)) == 0
    assert table.knows(provider, "whatever")


def test_a_dated_release_costs_what_its_model_does():
    table = PriceTable.bundled()
    assert table.price_of("openai", "gpt-4o-2024-08-06") == table.price_of("openai", "gpt-4o")


def test_what_is_not_known_is_not_free():
    table = PriceTable.bundled()
    assert table.cost_micro_usd("openai", "gpt-9", TokenUsage(input_tokens=1, output_tokens=1)) is None
    assert not table.knows("openai", "gpt-9")


@given(prices, tokens, tokens, tokens)
def test_a_cost_is_within_half_a_micro_dollar_of_the_exact_one(price, inputs, outputs, cached):
    usage = TokenUsage(input_tokens=inputs, output_tokens=outputs, cached_input_tokens=min(cached, inputs))
    fresh = inputs - usage.cached_input_tokens
    exact = price.input * fresh + price.cached_input * usage.cached_input_tokens + price.output * outputs
    assert abs(cost_micro_usd(price, usage) - exact) <= Decimal("0.5")


def test_a_table_of_ones_own_is_read(tmp_path):
    path = tmp_path / "prices.json"
    path.write_text(
        '{"prices": [{"provider": "p", "model": "m", "as_of": "2026-01-01", '
        '"input": "1", "cached_input": "0", "output": "2"}]}'
    )
    assert PriceTable.read(path).cost_micro_usd("p", "m", TokenUsage(input_tokens=3, output_tokens=4)) == 11


@pytest.mark.parametrize("text", [None, "", "{", '{"prices": [{"provider": "p"}]}', '{"prises": []}'])
def test_what_is_no_table_is_refused_with_its_place(tmp_path, text):
    path = tmp_path / "prices.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(UsageError, match=r"prices\.json.*bad_price_table"):
        PriceTable.read(path)


def test_a_negative_price_is_refused(tmp_path):
    path = tmp_path / "prices.json"
    path.write_text(
        '{"prices": [{"provider": "p", "model": "m", "as_of": "2026-01-01", '
        '"input": "-1", "cached_input": "0", "output": "2"}]}'
    )
    with pytest.raises(UsageError, match=r"prices\.0\.input"):
        PriceTable.read(path)
