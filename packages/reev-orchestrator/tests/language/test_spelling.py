import pytest

from reev_orchestrator.language._spelling import is_sure_slip, near, tokens_near, verbs_near


@pytest.mark.parametrize("word", ["swp", "swaap", "sawp", "swat", "xswap", "swapx", "wap"])
def test_one_slip_is_near(word):
    assert near(word, "swap")


@pytest.mark.parametrize("word", ["swap", "swpaa", "sp", "paws", "stop", "wsapp"])
def test_no_slip_or_two_are_not_near(word):
    assert not near(word, "swap")


def test_a_word_near_two_verbs_offers_both():
    assert {verb for verb, _ in verbs_near("zend")} == {"lend", "send"}


@pytest.mark.parametrize("word", ["sent", "lent", "land", "buu", "ѕend"])
def test_real_words_short_ones_and_foreign_letters_are_no_slips_of_verbs(word):
    assert verbs_near(word) == ()


@pytest.mark.parametrize(
    ("word", "symbol"), [("udsc", "USDC"), ("soll", "SOL"), ("slo", "SOL"), ("bonkk", "BONK"), ("bonks", "BONK")]
)
def test_a_ticker_one_slip_away_is_found(word, symbol):
    (token,) = tokens_near(word)
    assert token.symbol == symbol
    assert is_sure_slip(word, token)


@pytest.mark.parametrize("word", ["jlp", "jto", "eurt", "usdh", "usdce", "sok", "sl", "spl", "söl"])
def test_other_coins_and_short_tickers_with_another_letter_are_never_taken_for_slips(word):
    assert tokens_near(word) == ()


def test_a_slip_between_two_stablecoins_finds_both():
    assert [token.symbol for token in tokens_near("usdd")] == ["USDC", "USDT"]


@pytest.mark.parametrize("word", ["ustc", "uxdc", "usc", "jitosl"])
def test_a_ticker_with_a_letter_replaced_or_missing_is_near_but_not_sure(word):
    (token,) = tokens_near(word)
    assert not is_sure_slip(word, token)
