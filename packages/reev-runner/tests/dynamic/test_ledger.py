from decimal import Decimal

from reev_runner.dynamic._ledger import Account, Entry, Ledger
from reev_runner.dynamic._spans import Span, at_least, exactly


def test_what_a_step_brought_is_gone_when_a_later_step_takes_it():
    entry = Entry(100)
    entry.bring("swap_1", at_least(50))
    assert entry.change == Span(50, None)
    assert entry.take_proceeds("swap_1") == at_least(50)
    assert entry.change == exactly(0)


def test_a_part_of_what_a_step_brought_leaves_the_other_part():
    entry = Entry(100)
    entry.bring("swap_1", Span(50, 60))
    assert entry.take_proceeds("swap_1", Decimal("0.5")) == Span(25, 30)
    assert entry.change == Span(25, 30)


def test_what_nobody_noted_as_brought_is_at_least_something():
    entry = Entry(100)
    assert entry.take_proceeds("lend_1") == at_least(1)
    assert entry.change == Span(None, -1)


def test_everything_is_what_was_there_and_what_came():
    entry = Entry(100)
    entry.bring("swap_1", Span(10, 20))
    assert entry.take_all(keep_raw=5) == Span(105, 115)
    assert entry.change == exactly(-95)


def test_everything_of_an_unknown_opening_leaves_nothing():
    entry = Entry()
    assert entry.take_all().low == 1
    assert entry.is_empty
    entry.bring("lend_2", exactly(7))
    assert not entry.is_empty


def test_a_part_leaves_the_other_part():
    entry = Entry(100)
    entry.bring("swap_1", at_least(50))
    assert entry.take_part(Decimal("0.25")) == Span(37, None)
    assert entry.change == Span(12, None)
    assert Entry().take_part(Decimal("0.5")) == at_least(1)


def test_a_ledger_knows_what_the_present_step_touches():
    account = Account("USER_WALLET_PUBKEY", "mint")
    ledger = Ledger({account: 100})
    assert ledger.at(account).opening_raw == 100
    assert list(ledger.touched) == [account]
    assert ledger.at(Account("other", "mint")).opening_raw is None
