import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_runner.judgement._encodings import by_role, guessed_transfer_roles, meaning, transfer_roles
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM

AMOUNTS = st.integers(0, 2**64 - 1)
PLAIN = ("source", "destination", "authority")
CHECKED = ("source", "mint", "destination", "authority")


def _encodings(amount: int) -> list[bytes]:
    raw = amount.to_bytes(8, "little")
    return [b"\x03" + raw, b"\x0c" + raw + b"\x06", b"\x1a\x01" + raw + b"\x06" + bytes(8)]


@given(AMOUNTS)
def test_all_encodings_of_a_transfer_mean_the_same(amount: int) -> None:
    assert {meaning(TOKEN_2022_PROGRAM, data) for data in _encodings(amount)} == {_encodings(amount)[0]}


@given(AMOUNTS, AMOUNTS)
def test_transfers_of_different_amounts_mean_different_things(one: int, other: int) -> None:
    same = meaning(TOKEN_PROGRAM, _encodings(one)[0]) == meaning(TOKEN_PROGRAM, _encodings(other)[1])

    assert same == (one == other)


def test_roles_follow_the_encoding() -> None:
    assert [transfer_roles(TOKEN_PROGRAM, data) for data in _encodings(5)] == [PLAIN, CHECKED, CHECKED]


@pytest.mark.parametrize(
    "data",
    [b"", b"\x03", b"\x03" + bytes(7), b"\x09", b"\x1a\x00" + bytes(8), bytes.fromhex("fef607bf5df7")],
    ids=["empty", "no amount", "short amount", "close", "another fee instruction", "nothing known"],
)
def test_anything_else_is_no_transfer_and_means_itself(data: bytes) -> None:
    assert transfer_roles(TOKEN_PROGRAM, data) is None
    assert meaning(TOKEN_PROGRAM, data) == data


def test_the_same_bytes_for_another_program_are_no_transfer() -> None:
    data = _encodings(5)[1]

    assert transfer_roles("11111111111111111111111111111111", data) is None
    assert meaning("11111111111111111111111111111111", data) == data


@pytest.mark.parametrize(("count", "roles"), [(2, PLAIN), (3, PLAIN), (4, CHECKED), (6, CHECKED)])
def test_a_fourth_account_gives_the_mint_away(count: int, roles: tuple[str, ...]) -> None:
    assert guessed_transfer_roles(count) == roles


def test_accounts_beyond_the_roles_keep_their_position() -> None:
    assert by_role("abcde", PLAIN) == {
        "source": "a",
        "destination": "b",
        "authority": "c",
        "extra 0": "d",
        "extra 1": "e",
    }


def test_missing_accounts_have_no_role() -> None:
    assert by_role("ab", PLAIN) == {"source": "a", "destination": "b"}
