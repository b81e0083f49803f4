from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_runner.files import load_case, load_document, load_file
from reev_runner.files._load import load_text
from reev_types.errors import BenchmarkError


def refusal(text: str) -> str:
    with pytest.raises(BenchmarkError) as caught:
        load_text(text, "b.yml")
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("-1", "expected an amount of 0 or more, found -1 [negative_amount]"),
        (str(2**64), f"expected an amount of at most 2⁶⁴ − 1, found {2**64} [amount_too_large]"),
        ("9" * 70, f"expected an amount of at most 2⁶⁴ − 1, found {'9' * 60}… [amount_too_large]"),
        ("1.0", "expected a whole number of raw units, found 1.0 [not_an_amount]"),
        ("true", "expected a whole number of raw units, found true [not_an_amount]"),
        ("'010'", "expected a whole number of raw units, found '010' [not_an_amount]"),
        ("'-5'", "expected an amount of 0 or more, found '-5' [negative_amount]"),
        ("[1]", "expected a whole number of raw units, found a list [not_an_amount]"),
        ("{a: 1}", "expected a whole number of raw units, found a mapping [not_an_amount]"),
    ],
)
def test_an_amount_is_a_whole_number_that_an_account_can_hold(write: Callable[..., str], value: str, message: str):
    text = write().replace("lamports: 1000", f"lamports: {value}")
    assert refusal(text) == f"b.yml:3:87: initial_state.0.lamports: {message}"


@pytest.mark.parametrize("value", ["0", str(2**64 - 1), "'0'", f"'{2**64 - 1}'"])
def test_amounts_are_numbers_or_text_up_to_the_last_that_fits(write: Callable[..., str], value: str):
    loaded = load_text(write().replace("lamports: 1000", f"lamports: {value}"), "b.yml")
    assert loaded.file.initial_state[0].lamports == int(value.strip("'"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: x-1", "id: 12", "1:5: id: expected text, found 12"),
        ("id: x-1", "id: a b", "1:5: id: expected a plain name without spaces or signs, found 'a b'"),
        ("id: x-1", "id:", "id: expected text, found nothing"),
        ('prompt: "Do it."', "promt: x", "1:1: prompt: is required"),
        ('prompt: "Do it."', "prompt: ''", "9:9: prompt: expected some text, found ''"),
        ('prompt: "Do it."', "prompt: a\ntags: a", "10:7: tags: expected a list, found 'a'"),
        ("type: SolBalance, ", "", "final_state_assertions.0.type: is required"),
        ("SolBalance", "SolBalances", "'AnswerStates', found 'SolBalances'"),
        ("expected: 5", "weight: heavy", "0.weight: expected a number, found 'heavy'"),
        ("expected: 5", "weight: 1e50", "0.weight: expected at most 40 digits, found 1E+50"),
        ("USER_WALLET_PUBKEY, expected", "USER WALLET, expected", "signs, found 'USER WALLET'"),
        ("owner: Token", "owner: x # Token", "expected a base58 address of 32 bytes, found 'x'"),
        ("initial_state:", "initial_state: []\nother:", "2:16: initial_state: expected at least 1 item, found none"),
        ("ground_truth:", "flow: [{step: 0, prompt: a}]\nground_truth:", "a number of at least 1, found 0"),
        ("ground_truth:", "reference: [[{kind: transfr}]]\nground_truth:", "kind: expected one of 'transfer', "),
        ("ground_truth:", "ground_truth:\n  success_criteria: [{type: a, required: {b: 1}}]", "0.required: expected "),
        ("ground_truth:", "ground_truth:\n  min_score: 1.5", "min_score: expected a number of at most 1, found 1.5"),
        ("ground_truth:", "ground_truth:\n  skip_instruction_validation: yes", "true or false, found 'yes'"),
    ],
)
def test_a_mistake_is_one_line_with_place_key_expectation_and_finding(
    write: Callable[..., str], old: str, new: str, message: str
):
    assert old in write()
    error = refusal(write().replace(old, new))
    assert message in error
    assert error.startswith("b.yml:")


def test_what_is_compared_with_itself_has_a_limit(write: Callable[..., str]):
    item = "    - {type: SolBalance, pubkey: USER_WALLET_PUBKEY, expected: 5}\n"
    assert load_text(write(assertions=item * 256), "b.yml")
    error = refusal(write(assertions=item * 257))
    assert "final_state_assertions: expected at most 256 items, found 257 [wrong_value]" in error


def test_an_intent_has_no_unknown_keys(write: Callable[..., str]):
    error = refusal(write(top="reference: [[{kind: refuse, code: insufficient_funds, why: x}]]"))
    assert error == "b.yml:10:55: reference.0.0.why: is no key that is known here [unknown_key]"


@pytest.mark.parametrize(("text", "found"), [("[]", "a list"), ("5", "5"), ("word", "'word'"), ("~", "nothing")])
def test_a_document_that_is_no_mapping_is_refused(text: str, found: str):
    with pytest.raises(BenchmarkError) as caught:
        load_text(text, "b.yml")
    assert str(caught.value) == f"b.yml:1:1: expected a mapping, found {found} [wrong_type]"


def suggestions(text: str) -> tuple[str, ...]:
    with pytest.raises(BenchmarkError) as caught:
        load_text(text, "b.yml")
    return caught.value.suggestions


def test_a_misspelt_key_or_type_is_suggested(write: Callable[..., str]):
    assert suggestions(write().replace("prompt:", "promt:")) == ("there is a key 'promt'",)
    assert suggestions(write().replace("SolBalance,", "SolBalanc,")) == ("did you mean SolBalance?",)
    assert suggestions(write().replace("id: x-1", "id: 5")) == ("put it in quotes",)


def test_the_first_mistake_is_named_and_the_others_are_counted(write: Callable[..., str]):
    text = write().replace("id: x-1", "id: 5").replace("lamports: 1000", "lamports: -1").replace("Do it.", "")
    assert suggestions(text) == ("put it in quotes", "2 more of this file's values need attention")


def test_a_long_value_is_shown_shortened(write: Callable[..., str]):
    with pytest.raises(BenchmarkError) as caught:
        load_text(write().replace("lamports: 1000", f"lamports: '{'9' * 5000}'"), "b.yml")
    assert len(str(caught.value)) < 200


def test_unknown_keys_are_kept_at_every_level_and_listed(write: Callable[..., str]):
    text = write(
        top="surprise: [1]\nflow: [{step: 1, prompt: a, retry: {max: 3}}]",
        assertions="    - {type: SolBalance, pubkey: USER_WALLET_PUBKEY, expected: 5, expectd: 6}",
        truth="  extra: yes\n  success_criteria: [{type: a, own: 1}]",
    )
    loaded = load_text(text, "b.yml")
    assert dict(loaded.unknown_keys) == {
        "surprise": [1],
        "flow.0.retry": {"max": 3},
        "ground_truth.extra": "yes",
        "ground_truth.final_state_assertions.0.expectd": 6,
    }
    assert loaded.file.ground_truth.success_criteria[0].model_extra == {"own": 1}


def test_sections_that_are_not_evaluated_are_listed(write: Callable[..., str]):
    loaded = load_text(write(truth="  tool_validation: []\n  transaction_status: Failure"), "b.yml")
    assert loaded.ungraded_sections == ("tool_validation", "transaction_status")


def test_historic_account_data_as_text_is_kept(write: Callable[..., str], known: object):
    account = '  - {pubkey: OLD, owner: "11111111111111111111111111111111", data: "aGk=", is_executable: false}'
    loaded = load_text(write(accounts=account), "b.yml")
    assert loaded.file.initial_state[3].data == "aGk="
    assert list(loaded.unknown_keys) == ["initial_state.3.is_executable"]


def test_a_file_is_loaded_by_text_or_path(tmp_path: Path, write: Callable[..., str]):
    path = tmp_path / "b.yml"
    path.write_text(write(), encoding="utf-8")
    assert load_file(str(path)).file == load_file(path).file
    assert load_file(path).path == str(path)


def test_a_mistake_in_plain_values_names_the_document():
    with pytest.raises(BenchmarkError) as caught:
        load_document({"id": 7}, "plan of a sentence")
    assert str(caught.value.place) == "plan of a sentence"
    assert caught.value.code == "wrong_type"


@given(data=st.binary(max_size=200))
def test_no_bytes_raise_anything_but_a_benchmark_error(tmp_path_factory: pytest.TempPathFactory, data: bytes):
    path = tmp_path_factory.getbasetemp() / "bytes.yml"
    path.write_bytes(data)
    with pytest.raises(BenchmarkError):
        load_case(path)
