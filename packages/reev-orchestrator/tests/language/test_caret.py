from inline_snapshot import snapshot

from reev_orchestrator.language import pointed_at
from reev_types.errors import UserError


def test_the_caret_stands_under_the_blamed_piece(refused):
    assert pointed_at(refused("swap 1 SOL to DOGE")) == snapshot("""\
'DOGE' is no token that reev knows [unknown_token]
  swap 1 SOL to DOGE
                ^^^^
  try: use SOL, USDC, USDT, JUP or BONK
  try: give the token's mint address\
""")


def test_at_most_three_phrasings_are_offered(refused):
    assert pointed_at(refused("swap SOL to USDC")).count("try: ") == 3


def test_invisible_characters_are_shown_as_dots(refused):
    assert "S·OL" in pointed_at(refused("swap 1 S\u200bOL to USDC"))


def test_wide_characters_take_two_columns(refused):
    assert pointed_at(refused("交换 SOL")).splitlines()[2] == "  ^^^^"


def test_a_long_sentence_is_cut_around_the_place(refused):
    lines = pointed_at(refused("swap 1 SOL to USDC, " * 7 + "swap 1 SOL to DOGE")).splitlines()
    assert lines[1].endswith("DOGE")
    assert lines[2].index("^") == lines[1].index("DOGE")
    assert max(map(len, lines[:3])) <= 76


def test_an_error_without_a_place_has_no_caret():
    assert pointed_at(UserError("odd", "no place")) == "no place [odd]"
