import pytest

from reev_orchestrator.recovery import load_alternatives
from reev_types.alternatives import AlternativeFlow, OtherVenue, ReduceAmount
from reev_types.errors import UserError


@pytest.fixture
def load(tmp_path):
    def make(text):
        path = tmp_path / "alternatives.yml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_alternatives(path)

    return make


@pytest.fixture
def complaint(load):
    """Return code, line, column and message of the error that a text comes to."""

    def make(text):
        with pytest.raises(UserError) as told:
            load(text)
        return told.value.code, told.value.place.line, told.value.place.column, told.value.message

    return make


def test_a_file_lists_alternatives_in_order(load):
    text = """
- id: less
  triggers: [slippage, insufficient_funds]
  rewrite: {kind: reduce_amount, to: 0.25}
  description: a quarter will do
- id: anywhere
  triggers: [slippage]
  rewrite: {kind: other_venue}
"""
    assert load(text) == (
        AlternativeFlow(
            id="less",
            triggers=("slippage", "insufficient_funds"),
            rewrite=ReduceAmount(to="0.25"),
            description="a quarter will do",
        ),
        AlternativeFlow(id="anywhere", triggers=("slippage",), rewrite=OtherVenue()),
    )


@pytest.mark.parametrize(
    ("text", "line", "column", "beginning"),
    [
        ("- id: a\n  triggers: [rain]\n  rewrite: {kind: redeem_shares}", 2, 14, "0.triggers.0: Input should be"),
        (
            "- id: a\n  triggers: [slippage]\n  rewrite: {kind: split_amount, parts: 9}",
            3,
            40,
            "0.rewrite.split_amount.parts: Input should be less",
        ),
        ("- id: a\n  triggers: [slippage]\n  rewrite: {kind: pray}", 3, 12, "0.rewrite: Input tag 'pray'"),
        ("- triggers: [slippage]\n  rewrite: {kind: redeem_shares}", 1, 3, "0.id: Field required"),
        ("id: a", 1, 1, "this is no list of alternatives"),
        ("", 0, 0, "this is no list of alternatives"),
        ("- id: a\n  triggers: [slippage", 2, 22, "no YAML: "),
        ("- !!python/object:os.system {}", 1, 3, "no YAML: could not determine a constructor"),
        ("- 2001-99-99", 0, 0, "no YAML: month must be in 1..12"),
        ("- \x07", 0, 0, "no YAML: unacceptable character"),
        ("- &a [1]\n- *a", 2, 3, "anchors are not taken here"),
        ("[[[[[[[[[]]]]]]]]]", 1, 9, "this is nested too deeply"),
        (
            "- {id: a, triggers: [slippage], rewrite: {kind: redeem_shares}}\n" * 2,
            2,
            8,
            "a is there twice",
        ),
    ],
)
def test_what_is_no_list_of_alternatives_is_refused_with_its_place(complaint, text, line, column, beginning):
    code, *place, message = complaint(text)
    assert (code, *place) == ("bad_alternatives", line, column)
    assert message.startswith(beginning)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff", "the alternatives cannot be read: it is not UTF-8 text"),
        (b"#" * 300_000, "the file is larger than 262144 bytes"),
    ],
)
def test_what_is_no_text_cannot_be_read(complaint, content, message):
    assert complaint(content) == ("unreadable_alternatives", 0, 0, message)


def test_a_file_that_is_not_there_cannot_be_read(tmp_path):
    with pytest.raises(UserError, match="No such file or directory") as told:
        load_alternatives(tmp_path / "nothing.yml")
    assert told.value.code == "unreadable_alternatives"
