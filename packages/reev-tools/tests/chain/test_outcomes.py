from __future__ import annotations

from solders.account import Account

from reev_tools.chain import associated_token_address, encode_token_account
from reev_tools.chain._keys import pubkey
from reev_tools.chain._outcomes import account_changes
from reev_tools.programs import SYSTEM_PROGRAM, create_associated_token_account, transfer_lamports
from reev_types.chain import AccountChange, TokenChange, TransactionOutcome
from reev_types.tokens import TOKEN_PROGRAM, find_token

ALICE = "7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5"
BOB = "9XorNZB6QQNKNTD9yoC3x2S43gimwk6zt6GZpFwsThem"
PLACE = "3gvYRKWyXRR9xKWe1ZjPhLY5ZJRN7KDB4rFZFGoJfFk3"
USDC, JUP = find_token("USDC").mint, find_token("JUP").mint


def wallet(lamports: int) -> Account:
    return Account(lamports, b"", pubkey(SYSTEM_PROGRAM))


def tokens(
    amount_raw: int, *, mint: str = USDC, owner: str = ALICE, lamports: int = 2_039_280, frozen: bool = False
) -> Account:
    data = encode_token_account(mint=mint, owner=owner, amount_raw=amount_raw, frozen=frozen)
    return Account(lamports, data, pubkey(TOKEN_PROGRAM))


def changes(before: Account | None, after: Account | None) -> tuple[AccountChange, ...]:
    return account_changes({pubkey(PLACE): before}, {pubkey(PLACE): after})


def token_changes(before: Account | None, after: Account | None) -> list[TokenChange | None]:
    return [change.token for change in changes(before, after)]


def test_what_stays_the_same_is_not_listed() -> None:
    assert changes(wallet(5), wallet(5)) == changes(None, None) == changes(tokens(5), tokens(5)) == ()


def test_changes_come_ordered_by_address() -> None:
    keys = [pubkey(address) for address in (BOB, PLACE, ALICE)]
    found = account_changes(dict.fromkeys(keys), dict.fromkeys(keys, wallet(5)))
    assert [change.address for change in found] == sorted((ALICE, BOB, PLACE))


def test_lamports_appear_and_disappear() -> None:
    assert changes(None, wallet(5)) == (AccountChange(address=PLACE, lamports_before=0, lamports_after=5),)
    assert changes(wallet(5), None) == (AccountChange(address=PLACE, lamports_before=5, lamports_after=0),)


def test_a_change_of_anything_else_is_not_listed() -> None:
    assert changes(tokens(5), tokens(5, frozen=True)) == ()


def test_a_new_token_account_has_no_owner_before() -> None:
    expected = TokenChange(mint=USDC, owner_before=None, owner_after=ALICE, before_raw=0, after_raw=5)
    assert token_changes(None, tokens(5)) == [expected]


def test_an_empty_new_token_account_is_a_change_of_tokens_too() -> None:
    expected = TokenChange(mint=USDC, owner_before=None, owner_after=ALICE, before_raw=0, after_raw=0)
    assert token_changes(None, tokens(0)) == [expected]


def test_a_closed_token_account_has_no_owner_after() -> None:
    expected = TokenChange(mint=USDC, owner_before=ALICE, owner_after=None, before_raw=5, after_raw=0)
    assert token_changes(tokens(5), None) == [expected]


def test_a_new_owner_is_a_change_without_a_movement() -> None:
    expected = TokenChange(mint=USDC, owner_before=ALICE, owner_after=BOB, before_raw=5, after_raw=5)
    assert token_changes(tokens(5), tokens(5, owner=BOB)) == [expected]


def test_a_token_account_says_whose_it_is_when_only_its_lamports_changed() -> None:
    (change,) = token_changes(tokens(5), tokens(5, lamports=3_000_000))
    assert change is not None
    assert change.owner_before == change.owner_after is not None
    assert change.before_raw == change.after_raw == 5


def test_an_account_that_changes_its_mint_is_listed_once_for_each() -> None:
    found = changes(tokens(5), tokens(7, mint=JUP, lamports=3_000_000))
    assert [(each.lamports_before, each.lamports_after) for each in found] == [
        (2_039_280, 3_000_000),
        (3_000_000, 3_000_000),
    ]
    assert [each.token for each in found] == [
        TokenChange(mint=USDC, owner_before=ALICE, owner_after=None, before_raw=5, after_raw=0),
        TokenChange(mint=JUP, owner_before=None, owner_after=ALICE, before_raw=0, after_raw=7),
    ]


async def test_calls_among_programs_are_listed_with_their_depth_and_accounts(sandbox) -> None:
    payer = await sandbox.wallet("payer")
    place = associated_token_address(payer, USDC, TOKEN_PROGRAM)
    outcome = await sandbox.send(
        transfer_lamports(payer, payer, 1),
        create_associated_token_account(payer, place, payer, USDC, TOKEN_PROGRAM),
        payer=payer,
    )
    calls = outcome.inner_instructions
    assert [(call.index, call.stack_height) for call in calls] == [(1, 2)] * 4
    assert [call.program_id for call in calls] == [TOKEN_PROGRAM, SYSTEM_PROGRAM, TOKEN_PROGRAM, TOKEN_PROGRAM]
    assert calls[-1].accounts == (place, USDC)
    assert TransactionOutcome.model_validate_json(outcome.model_dump_json()) == outcome


async def test_a_failed_transaction_lists_the_calls_up_to_its_failure(sandbox) -> None:
    payer = await sandbox.wallet("payer")
    place = associated_token_address(payer, USDC, TOKEN_PROGRAM)
    create = create_associated_token_account(payer, place, payer, USDC, TOKEN_PROGRAM)
    outcome = await sandbox.send(create, transfer_lamports(payer, BOB, 10**15), payer=payer)
    assert outcome.failure is not None
    assert len(outcome.inner_instructions) == 4
