from reev_runner.report._balances import Balance, balances, balances_table
from reev_runner.report._trace import trace_of
from reev_types.chain import AccountChange, TokenChange, TransactionOutcome
from reev_types.events import TransactionReturned, WorldPrepared
from reev_types.tokens import SOL_MINT, TOKENS

USDC = TOKENS[1].mint
STRANGER = "J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCpm"


def with_changes(trial, *changes, landed=True):
    """Return the trace of ``trial`` with other account changes in its transaction."""

    def changed(event):
        if not isinstance(event, TransactionReturned):
            return event
        return event.model_copy(
            update={
                "outcome": TransactionOutcome(signature=event.outcome.signature, slot=1, landed=landed, changes=changes)
            }
        )

    return trace_of(map(changed, trial.events))


def wallet_of(trial):
    return next(event for event in trial.events if isinstance(event, WorldPrepared)).accounts[0].address


def test_balances_follow_the_transactions(passed):
    assert list(balances(trace_of(passed.events))) == [
        Balance("USER_WALLET_PUBKEY", SOL_MINT, 1_000_000_000, 899_995_000),
        Balance("RECIPIENT_WALLET_PUBKEY", SOL_MINT, 0, 100_000_000),
    ]


def test_a_transaction_that_did_not_land_changes_nothing(passed):
    change = AccountChange(address=wallet_of(passed), lamports_before=1_000_000_000, lamports_after=1)
    rows = balances(with_changes(passed, change, landed=False))
    assert [row.change_raw for row in rows] == [0, 0]


def test_a_token_account_that_came_into_being_is_called_after_its_owner(passed):
    token = TokenChange(mint=USDC, owner_before=None, owner_after=wallet_of(passed), before_raw=0, after_raw=5)
    change = AccountChange(address=STRANGER, lamports_before=0, lamports_after=2_039_280, token=token)
    *_, row = balances(with_changes(passed, change))
    assert row == Balance("USER_WALLET_PUBKEY's USDC", USDC, None, 5)


def test_a_closed_account_is_no_account_afterwards(passed, rendered):
    token = TokenChange(mint=USDC, owner_before=wallet_of(passed), owner_after=None, before_raw=7_000_000, after_raw=0)
    change = AccountChange(address=STRANGER, lamports_before=2_039_280, lamports_after=0, token=token)
    table = balances_table(with_changes(passed, change))
    *_, row = rendered(lambda console: console.print(table)).splitlines()
    assert row.split() == ["USER_WALLET_PUBKEY's", "USDC", "7", "USDC", "no", "account", "-7", "USDC"]


def test_an_account_that_nobody_named_is_shown_by_its_address(passed):
    change = AccountChange(address=STRANGER, lamports_before=0, lamports_after=10)
    *_, row = balances(with_changes(passed, change))
    assert row == Balance("J1to…GCpm", SOL_MINT, 0, 10)


def test_several_transactions_add_up(passed):
    first = AccountChange(address=STRANGER, lamports_before=5, lamports_after=10)
    second = AccountChange(address=STRANGER, lamports_before=10, lamports_after=30)
    *_, row = balances(with_changes(passed, first, second))
    assert (row.before_raw, row.after_raw, row.change_raw) == (5, 30, 25)
