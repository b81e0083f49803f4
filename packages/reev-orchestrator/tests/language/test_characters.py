import pytest

from reev_orchestrator.language import parse


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("swap 1 S\u041eL to USDC", "S\u041eL"),
        ("swap 1 S\u200bOL to USDC", "\u200b"),
        ("swap 1 \uff33\uff2f\uff2c to USDC", "\uff33"),
        ("swap \u0661 SOL to USDC", "\u0661"),
        ("swap 1\u2003SOL to USDC", "\u2003"),
        ("swap 1 SOL to USDC\x00", "\x00"),
        ("swap 1 SO\u0336L to USDC", "\u0336"),
        ("swap 1 \u212aSOL to USDC", "\u212a"),
        ("swap \ud800 SOL", "\ud800"),
    ],
)
def test_look_alikes_and_invisible_characters_are_refused_where_they_stand(blamed, text, piece):
    assert blamed(text) == ("unsafe_character", piece)


def test_a_word_in_one_other_alphabet_is_not_unsafe_but_not_understood(blamed):
    assert blamed("обменяй 0.1 SOL") == ("not_understood", "обменяй")


def test_a_no_break_space_counts_as_a_space():
    assert parse("swap\u00a01 SOL to\u00a0USDC").normalised == "swap 1 SOL to USDC"


def test_five_hundred_characters_are_read_and_one_more_is_not(refused):
    sentence = "swap 1 SOL to USDC"
    assert parse(sentence + " " * (500 - len(sentence))).steps
    assert refused(sentence + " " * (501 - len(sentence))).code == "too_long"


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_sentence_is_an_error(refused, text):
    assert refused(text).code == "empty"


def test_a_sentence_of_fillers_says_nothing(refused):
    assert refused("please!").code == "not_understood"
