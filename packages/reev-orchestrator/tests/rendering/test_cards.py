import pytest

from reev_orchestrator.rendering._cards import FlowPattern, card_of
from reev_types.errors import UsageError


@pytest.mark.parametrize(
    ("pattern", "kinds", "matches"),
    [
        ("swap lend_deposit", "swap lend_deposit", True),
        ("swap lend_deposit", "swap", False),
        ("swap{2,}", "swap swap swap", True),
        ("swap{2,}", "swap", False),
        ("(swap? lend_deposit){2,}", "lend_deposit swap lend_deposit", True),
        ("report+ move+", "balances transfer lend_mint", True),
        ("report", "swap", False),
        ("any{2,}", "refuse balances", True),
        ("lend_mint|lend_redeem", "lend_redeem", True),
    ],
)
def test_a_pattern_is_a_regular_expression_of_kinds(pattern, kinds, matches):
    assert FlowPattern(pattern).matches(tuple(kinds.split())) is matches


@pytest.mark.parametrize("pattern", ["", "Swap", "swap.", "stake", "(swap", "swap{2,1}"])
def test_what_is_no_pattern_is_refused(pattern):
    with pytest.raises(ValueError, match=r"."):
        FlowPattern(pattern)


def test_a_plain_list_leaves_least_open_and_any_kind_most():
    patterns = ["swap lend_deposit", "swap report", "swap+ lend_deposit+", "swap move", "any{2,}"]
    looseness = [FlowPattern(pattern).looseness for pattern in patterns]
    assert looseness == sorted(looseness)
    assert len(set(looseness)) == len(patterns)


@pytest.mark.parametrize(
    ("text", "number", "message"),
    [
        ("no head", 1, "does not begin"),
        ("{#\npurpose = oops\n#}\n", 2, "Invalid value"),
        ('{#\npurpose = "x', 1, "does not begin"),
        ('{#\npurpose = "x\n#}\n', 2, "Illegal character"),
        ('{#\nsteps = "swap"\n#}\n', 1, "purpose: Field required"),
        ('{#\npurpose = "x"\nstep = "swap"\n#}\n', 3, "step: Extra inputs"),
        ('{#\npurpose = "x"\n\nsteps = "stake"\n#}\n', 4, "stake is no kind of intent"),
        ('{#\nname = "y"\npurpose = "x"\n#}\n', 2, "name"),
        ("{#\npurpose = [\n#}\n", 1, "Invalid value"),
    ],
)
def test_a_wrong_head_is_an_error_with_its_line(tmp_path, text, number, message):
    path = tmp_path / "x.j2"
    path.write_text(text)
    with pytest.raises(UsageError, match="template_metadata") as caught:
        card_of("x", path)
    assert message in caught.value.message
    assert caught.value.place.line == number
