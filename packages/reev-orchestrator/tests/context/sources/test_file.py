import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.context.sources import load_context
from reev_orchestrator.context.sources._places import place_of_value
from reev_orchestrator.mocks import generated_wallet, mock_wallet
from reev_types.errors import FilePlace, UserError
from reev_types.tokens import SOL_MINT, find_token

OWNER = mock_wallet().owner
USDC = find_token("USDC").mint
SHARED = f"""{{"owner": "{OWNER}", "sol_balance": 4000000000,
 "token_balances": {{"{USDC}": {{"mint": "{USDC}", "balance": 200000000, "decimals": 6, "symbol": "USDC"}}}},
 "token_prices": {{"{SOL_MINT}": "150"}}, "total_value_usd": "800"}}"""


@pytest.fixture
def load(tmp_path):
    def load(content):
        path = tmp_path / "wallet.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return load_context(path)

    return load


@pytest.fixture
def refusal(load, tmp_path):
    def refusal(content):
        with pytest.raises(UserError) as caught:
            load(content)
        assert caught.value.place.path == str(tmp_path / "wallet.json")
        return caught.value

    return refusal


def test_the_documented_context_is_read(load):
    context = load(SHARED)
    assert context.sol_balance == 4_000_000_000
    assert context.token_balances[USDC].balance == 200_000_000
    assert context.token_prices == {SOL_MINT: Decimal(150)}


@pytest.mark.parametrize("seed", range(10))
def test_a_written_context_is_read_back(load, seed):
    context = generated_wallet(seed, strange_tokens=seed % 2)
    assert load(context.model_dump_json()) == context


def test_prices_may_be_numbers_and_keep_their_digits(load):
    context = load(SHARED.replace('"150"', "147.123456789012345678"))
    assert str(context.token_prices[SOL_MINT]) == "147.123456789012345678"


def test_decimals_of_known_tokens_may_be_left_out(load):
    assert load(SHARED.replace('"decimals": 6, ', "")).token_balances[USDC].decimals == 6


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("4000000000", "-1", "-1", "sol_balance"),
        ("4000000000", "1.5", "1.5", "sol_balance"),
        ("200000000", "18446744073709551616", "18446744073709551616", "token_balances"),
        ('"decimals": 6', '"decimals": 9', "9", "USDC has 6 decimals, not 9"),
        ('"150"', '"-3"', '"-3"', "token_prices"),
        ('"150"', '"0"', '"0"', "the price of SOL is zero"),
        ('"150"', "null", "null", "token_prices"),
        ('"800"', "[]", "[]", "total_value_usd"),
        ('"total_value_usd"', '"worth"', '"800"', "worth"),
        (f'"mint": "{USDC}"', f'"mint": "{SOL_MINT}"', f'"{SOL_MINT}", "balance"', "names another mint"),
        (', "total_value_usd"', ' "total_value_usd"', '"total_value_usd"', "no JSON: Expecting ','"),
        ("4000000000", "NaN", "{", "NaN is no number"),
        ('"sol_balance"', '"owner": "x", "sol_balance"', "{", "a key is repeated"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(refusal, old, new, at, message):
    text = SHARED.replace(old, new, 1)
    error = refusal(text)
    assert error.code == "bad_context"
    assert message in error.message
    assert text.split("\n")[error.place.line - 1][error.place.column - 1 :].startswith(at)
    assert error.suggestions


def test_a_missing_field_points_at_the_whole(refusal):
    error = refusal(f'\n {{"owner": "{OWNER}"}}')
    assert "sol_balance" in error.message
    assert (error.place.line, error.place.column) == (2, 2)


@pytest.mark.parametrize("content", ["[1]", "3", '"x"', "", "[" * 100_000, "9" * 5_000])
def test_what_is_no_context_is_refused(refusal, content):
    assert refusal(content).code == "bad_context"


@pytest.mark.parametrize(("content", "reason"), [(b"\xff\xfe", "not UTF-8"), (b" " * (8 * 2**20 + 1), "larger than")])
def test_what_is_no_text_is_refused(refusal, content, reason):
    error = refusal(content)
    assert error.code == "unreadable_context"
    assert reason in error.message


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UserError, match="No such file"):
        load_context(tmp_path / "absent.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(JSON, st.sampled_from([None, 2]))
def test_every_value_is_found_where_it_stands(value, indent):
    text = json.dumps(value, indent=indent)
    for keys, inner in paths(value):
        place = place_of_value("x", text, keys)
        lines = text.split("\n")
        at = sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1
        assert json.JSONDecoder().raw_decode(text, at)[0] == inner


def paths(value, keys=()):
    yield keys, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*keys, key))


def test_a_way_that_ends_early_leads_to_the_last_value_on_it():
    assert place_of_value("x", '{"a": {"b": 1}}', ("a", "c", "b")) == FilePlace("x", 1, 7)
    assert place_of_value("x", '{"a": [1]}', ("a", 0)) == FilePlace("x", 1, 7)
