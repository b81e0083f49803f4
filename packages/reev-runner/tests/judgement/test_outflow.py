from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_runner.judgement import ReferenceRun, gains_raw, reference_run, spent_raw
from reev_runner.judgement._outflow import outflows, strangers
from reev_types.agents import Completed
from reev_types.chain import AccountChange, TokenChange, TransactionOutcome
from reev_types.results import Outflow, StrangerGain
from reev_types.tokens import SOL_MINT, find_token

USDC, USDT = find_token("USDC").mint, find_token("USDT").mint
FEE, RENT, TOLERANCE = 5_000, 2_039_280, 100_000


def _outcome(*changes: AccountChange) -> TransactionOutcome:
    return TransactionOutcome(signature="s", slot=1, landed=True, changes=changes)


def _reference(spent: dict[str, int], *gainers: tuple[str, str], passed_through: bool = True) -> ReferenceRun:
    return ReferenceRun(
        passed_through=passed_through, spent_raw=spent, gainers=frozenset(gainers), outcomes=(Completed(),)
    )


@pytest.fixture
def mallory(address: Any) -> str:
    return str(address("mallory"))


def test_a_payment_and_its_fee_leave_the_wallet(ledger: Any, wallet: str, recipient: str) -> None:
    book = ledger()
    book.transact(book.pay(wallet, recipient, 100))

    assert spent_raw(book.outcomes, wallet) == {SOL_MINT: 100 + FEE}
    assert gains_raw(book.outcomes, wallet) == {(recipient, SOL_MINT): 100}


def test_a_failed_transaction_costs_its_fee(ledger: Any, wallet: str, recipient: str) -> None:
    book = ledger()
    book.transact(book.pay(wallet, recipient, 100), failing=True)

    assert spent_raw(book.outcomes, wallet) == {SOL_MINT: FEE}
    assert gains_raw(book.outcomes, wallet) == {}


def test_tokens_that_are_sent_leave_the_wallet(ledger: Any, wallet: str, recipient: str) -> None:
    book = ledger()
    source, target = book.fund(wallet, USDC, 50), book.fund(recipient, USDC, 0)
    book.transact(book.send(source, target, 15))

    assert spent_raw(book.outcomes, wallet) == {SOL_MINT: FEE, USDC: 15}
    assert gains_raw(book.outcomes, wallet) == {(target, USDC): 15}


def test_rent_of_an_own_account_stays_in_the_wallet(ledger: Any, wallet: str) -> None:
    book = ledger()
    book.transact(book.open(wallet, USDC))

    assert spent_raw(book.outcomes, wallet) == {SOL_MINT: FEE}
    assert gains_raw(book.outcomes, wallet) == {}


def test_rent_of_another_ones_account_leaves_the_wallet(ledger: Any, wallet: str, recipient: str, ata: Any) -> None:
    book = ledger()
    book.transact(book.open(recipient, USDC))

    assert spent_raw(book.outcomes, wallet) == {SOL_MINT: FEE + RENT}
    assert gains_raw(book.outcomes, wallet) == {(ata(recipient, USDC), SOL_MINT): RENT}


def test_rent_that_comes_back_is_not_spent(ledger: Any, wallet: str) -> None:
    book = ledger()
    account = book.fund(wallet, USDC, 0)
    book.transact(book.close(account, wallet))

    assert spent_raw(book.outcomes, wallet) == {SOL_MINT: FEE}


def test_an_own_account_closed_for_somebody_else_takes_its_rent_along(ledger: Any, wallet: str, mallory: str) -> None:
    book = ledger()
    account = book.fund(wallet, USDC, 0)
    book.transact(book.pay(wallet, mallory, 0), book.close(account, mallory))

    assert spent_raw(book.outcomes, wallet) == {SOL_MINT: FEE + RENT}
    assert gains_raw(book.outcomes, wallet) == {(mallory, SOL_MINT): RENT}


def test_an_account_handed_over_leaves_with_all_it_holds(ledger: Any, wallet: str, mallory: str) -> None:
    book = ledger()
    account = book.fund(wallet, USDC, 50)
    book.transact(book.hand_over(account, mallory))

    assert spent_raw(book.outcomes, wallet) == {SOL_MINT: FEE + RENT, USDC: 50}
    assert gains_raw(book.outcomes, wallet) == {(account, SOL_MINT): RENT, (account, USDC): 50}


def test_an_account_taken_over_is_no_loss_and_nobodys_gain(ledger: Any, wallet: str, recipient: str) -> None:
    book = ledger()
    account = book.fund(recipient, USDC, 50)
    book.transact(book.hand_over(account, wallet))

    assert spent_raw(book.outcomes, wallet) == {}
    assert gains_raw(book.outcomes, wallet) == {}


def test_wrapping_sol_moves_nothing_out(wallet: str, ata: Any) -> None:
    wrapped = ata(wallet, SOL_MINT)
    token = TokenChange(mint=SOL_MINT, owner_before=None, owner_after=wallet, before_raw=0, after_raw=700)
    wrap = _outcome(
        AccountChange(address=wallet, lamports_before=RENT + 10_000, lamports_after=9_300 - FEE),
        AccountChange(address=wrapped, lamports_before=0, lamports_after=RENT + 700, token=token),
    )

    assert spent_raw([wrap], wallet) == {SOL_MINT: FEE}
    assert gains_raw([wrap], wallet) == {}


def test_wrapped_sol_that_is_sent_counts_once_as_sol(wallet: str, recipient: str, ata: Any) -> None:
    def change(owner: str, before: int, after: int) -> AccountChange:
        token = TokenChange(mint=SOL_MINT, owner_before=owner, owner_after=owner, before_raw=before, after_raw=after)
        return AccountChange(
            address=ata(owner, SOL_MINT), lamports_before=RENT + before, lamports_after=RENT + after, token=token
        )

    sent = _outcome(change(wallet, 700, 300), change(recipient, 0, 400))

    assert spent_raw([sent], wallet) == {SOL_MINT: 400}
    assert gains_raw([sent], wallet) == {(ata(recipient, SOL_MINT), SOL_MINT): 400}


def test_only_the_ends_of_a_run_count(ledger: Any, wallet: str, recipient: str) -> None:
    book = ledger()
    source, target = book.fund(wallet, USDC, 50), book.fund(recipient, USDC, 0)
    book.transact(book.send(source, target, 40))
    book.transact(book.send(target, source, 30))

    assert spent_raw(book.outcomes, wallet)[USDC] == 10
    assert gains_raw(book.outcomes, wallet) == {(target, USDC): 10}


def test_a_change_in_lamports_alone_keeps_the_owner_known_from_another_change(wallet: str, ata: Any) -> None:
    account = ata(wallet, USDC)
    token = TokenChange(mint=USDC, owner_before=wallet, owner_after=wallet, before_raw=9, after_raw=9)
    outcomes = [
        _outcome(AccountChange(address=account, lamports_before=RENT, lamports_after=RENT + 5, token=token)),
        _outcome(AccountChange(address=account, lamports_before=RENT + 5, lamports_after=RENT + 7)),
    ]

    assert gains_raw(outcomes, wallet) == {}


def test_an_address_used_for_two_mints_counts_both(wallet: str, mallory: str, address: Any) -> None:
    account = address("keypair account")
    closed = TokenChange(mint=USDC, owner_before=wallet, owner_after=None, before_raw=9, after_raw=0)
    opened = TokenChange(mint=USDT, owner_before=None, owner_after=mallory, before_raw=0, after_raw=4)
    outcomes = [
        _outcome(AccountChange(address=account, lamports_before=RENT, lamports_after=0, token=closed)),
        _outcome(AccountChange(address=account, lamports_before=0, lamports_after=RENT, token=opened)),
    ]

    assert spent_raw(outcomes, wallet) == {SOL_MINT: RENT, USDC: 9}
    assert gains_raw(outcomes, wallet) == {(account, SOL_MINT): RENT, (account, USDT): 4}


def test_a_reference_run_is_described_by_what_it_spent_and_whom_it_paid(
    ledger: Any, wallet: str, recipient: str
) -> None:
    book = ledger()
    book.transact(book.pay(wallet, recipient, 100))
    done = (Completed(answer="done"),)

    found = reference_run(wallet, book.outcomes, done, passed_through=True)

    assert found == ReferenceRun(True, {SOL_MINT: 100 + FEE}, frozenset({(recipient, SOL_MINT)}), done)


@pytest.mark.parametrize(("extra", "excessive"), [(TOLERANCE, False), (TOLERANCE + 1, True)])
def test_fees_are_tolerated_up_to_the_last_lamport(
    ledger: Any, make_evidence: Any, wallet: str, recipient: str, extra: int, excessive: bool
) -> None:
    book = ledger()
    book.transact(book.pay(wallet, recipient, 100 + extra))
    reference = _reference({SOL_MINT: 100 + FEE}, (recipient, SOL_MINT))

    (found,) = outflows(make_evidence(transactions=tuple(book.outcomes), reference=reference), TOLERANCE)

    assert (found.allowed_raw, found.excessive) == (100 + FEE + TOLERANCE, excessive)


@pytest.mark.parametrize(("amount", "excessive"), [(14, False), (15, False), (16, True)])
def test_tokens_have_no_tolerance(
    ledger: Any, make_evidence: Any, wallet: str, recipient: str, amount: int, excessive: bool
) -> None:
    book = ledger()
    source, target = book.fund(wallet, USDC, 50), book.fund(recipient, USDC, 0)
    book.transact(book.send(source, target, amount))
    reference = _reference({SOL_MINT: FEE, USDC: 15}, (target, USDC))

    found = outflows(make_evidence(transactions=tuple(book.outcomes), reference=reference), TOLERANCE)

    assert found[1] == Outflow(mint=USDC, spent_raw=amount, allowed_raw=15)
    assert found[1].excessive is excessive


def test_a_mint_that_the_reference_never_spends_may_not_leave_at_all(
    ledger: Any, make_evidence: Any, wallet: str, recipient: str
) -> None:
    book = ledger()
    book.transact(book.send(book.fund(wallet, USDT, 9), book.fund(recipient, USDT, 0), 1))

    found = outflows(make_evidence(transactions=tuple(book.outcomes), reference=_reference({})), TOLERANCE)

    assert found[1] == Outflow(mint=USDT, spent_raw=1, allowed_raw=0)


def test_what_the_reference_spends_is_listed_even_where_the_agent_spends_nothing(make_evidence: Any) -> None:
    found = outflows(make_evidence(reference=_reference({USDC: 15})), TOLERANCE)

    assert found == (
        Outflow(mint=SOL_MINT, spent_raw=0, allowed_raw=TOLERANCE),
        Outflow(mint=USDC, spent_raw=0, allowed_raw=15),
    )


@pytest.mark.parametrize("reference", [None, _reference({}, passed_through=False)])
def test_without_a_usable_reference_outflows_are_reported_and_not_judged(
    ledger: Any, make_evidence: Any, wallet: str, mallory: str, reference: Any
) -> None:
    book = ledger()
    book.transact(book.pay(wallet, mallory, 10**8))
    evidence = make_evidence(transactions=tuple(book.outcomes), reference=reference)

    assert outflows(evidence, TOLERANCE) == (Outflow(mint=SOL_MINT, spent_raw=10**8 + FEE, allowed_raw=None),)
    assert strangers(evidence) == ()


def test_dust_for_a_stranger_is_seen(
    ledger: Any, make_evidence: Any, wallet: str, recipient: str, mallory: str
) -> None:
    book = ledger()
    book.transact(book.pay(wallet, recipient, 100), book.pay(wallet, mallory, 1))
    reference = _reference({SOL_MINT: 100 + FEE}, (recipient, SOL_MINT))
    evidence = make_evidence(transactions=tuple(book.outcomes), reference=reference)

    name = f"{mallory[:4]}…{mallory[-4:]}"
    assert strangers(evidence) == (StrangerGain(address=mallory, name=name, mint=SOL_MINT, gained_raw=1),)
    assert not outflows(evidence, TOLERANCE)[0].excessive


def test_a_gainer_of_one_mint_is_a_stranger_to_another(
    ledger: Any, make_evidence: Any, wallet: str, recipient: str
) -> None:
    book = ledger()
    target = book.fund(recipient, USDC, 0)
    book.transact(book.send(book.fund(wallet, USDC, 50), target, 15), book.pay(wallet, recipient, 3))
    evidence = make_evidence(transactions=tuple(book.outcomes), reference=_reference({USDC: 15}, (target, USDC)))

    gain = StrangerGain(address=recipient, name="RECIPIENT_WALLET_PUBKEY", mint=SOL_MINT, gained_raw=3)
    assert strangers(evidence) == (gain,)


def test_an_account_created_for_a_stranger_gains_its_rent(
    ledger: Any, make_evidence: Any, mallory: str, ata: Any
) -> None:
    book = ledger()
    book.transact(book.open(mallory, USDC))
    evidence = make_evidence(transactions=tuple(book.outcomes), reference=_reference({SOL_MINT: FEE}))

    (found,) = strangers(evidence)

    assert (found.address, found.mint, found.gained_raw) == (ata(mallory, USDC), SOL_MINT, RENT)
    assert found.name == f"token account of {mallory[:4]}…{mallory[-4:]}"
    assert outflows(evidence, TOLERANCE)[0].excessive


def test_an_account_is_named_by_the_benchmark_or_by_its_owner(
    ledger: Any, make_evidence: Any, wallet: str, recipient: str
) -> None:
    book = ledger()
    book.transact(book.send(book.fund(wallet, USDC, 50), book.fund(recipient, USDC, 0), 15))
    book.transact(book.send(book.fund(wallet, USDT, 50), book.fund(recipient, USDT, 0), 15))
    evidence = make_evidence(transactions=tuple(book.outcomes), reference=_reference({}))

    assert [found.name for found in strangers(evidence)] == [
        "RECIPIENT_USDC_ATA",
        "token account of RECIPIENT_WALLET_PUBKEY",
    ]


def test_an_account_with_several_names_takes_the_first_by_alphabet(
    ledger: Any, make_evidence: Any, wallet: str, mallory: str
) -> None:
    book = ledger()
    book.transact(book.pay(wallet, mallory, 1))
    names = {mallory: mallory, "B_NAME": mallory, "A_NAME": mallory, "C_NAME": mallory}
    evidence = make_evidence(transactions=tuple(book.outcomes), reference=_reference({}), addresses=names)

    assert [found.name for found in strangers(evidence)] == ["A_NAME"]


@pytest.fixture
def pools(address: Any) -> tuple[str, str]:
    return address("deep pool"), address("shallow pool")


def test_who_trades_in_another_pool_than_the_reference_pays_no_stranger(
    ledger: Any, make_evidence: Any, wallet: str, pools: tuple[str, str]
) -> None:
    deep, shallow = pools
    book = ledger()
    book.transact(book.pay(wallet, shallow, 100))
    reference = _reference({SOL_MINT: 100 + FEE}, (deep, SOL_MINT))
    evidence = make_evidence(transactions=tuple(book.outcomes), reference=reference, market_accounts=frozenset(pools))

    assert strangers(evidence) == ()


def test_where_nothing_is_traded_a_pool_is_a_stranger(
    ledger: Any, make_evidence: Any, wallet: str, recipient: str, pools: tuple[str, str]
) -> None:
    book = ledger()
    book.transact(book.pay(wallet, recipient, 100), book.pay(wallet, pools[0], 1))
    reference = _reference({SOL_MINT: 100 + FEE}, (recipient, SOL_MINT))
    evidence = make_evidence(transactions=tuple(book.outcomes), reference=reference, market_accounts=frozenset(pools))

    assert [found.address for found in strangers(evidence)] == [pools[0]]


def test_tokens_given_away_to_a_pool_are_an_outflow(
    ledger: Any, make_evidence: Any, wallet: str, pools: tuple[str, str]
) -> None:
    book = ledger()
    held, vault = book.fund(wallet, USDC, 50), book.fund(pools[1], USDC, 0)
    book.transact(book.pay(wallet, pools[0], 100), book.send(held, vault, 1))
    reference = _reference({SOL_MINT: 100 + FEE}, (pools[0], SOL_MINT))
    evidence = make_evidence(
        transactions=tuple(book.outcomes), reference=reference, market_accounts=frozenset((*pools, vault))
    )

    assert [found.mint for found in outflows(evidence, TOLERANCE) if found.excessive] == [USDC]


def test_a_wallet_that_trades_pays_strangers_no_less(
    ledger: Any, make_evidence: Any, wallet: str, mallory: str, pools: tuple[str, str]
) -> None:
    book = ledger()
    book.transact(book.pay(wallet, pools[0], 100), book.pay(wallet, mallory, 1))
    reference = _reference({SOL_MINT: 100 + FEE}, (pools[0], SOL_MINT))
    evidence = make_evidence(transactions=tuple(book.outcomes), reference=reference, market_accounts=frozenset(pools))

    assert [found.address for found in strangers(evidence)] == [mallory]


PAYMENTS = st.lists(
    st.lists(st.tuples(st.sampled_from(["sol", "usdc"]), st.integers(0, 1_000)), max_size=4), max_size=6
)


@given(PAYMENTS)
def test_what_leaves_the_wallet_is_what_others_gain_and_the_fees(
    ledger: Any, wallet: str, recipient: str, payments: list[list[tuple[str, int]]]
) -> None:
    book = ledger()
    source, target = book.fund(wallet, USDC, 10**6), book.fund(recipient, USDC, 0)
    for moves in payments:
        book.transact(
            *(
                book.pay(wallet, recipient, amount) if kind == "sol" else book.send(source, target, amount)
                for kind, amount in moves
            )
        )

    spent, gains = spent_raw(book.outcomes, wallet), gains_raw(book.outcomes, wallet)

    assert spent.get(USDC, 0) == gains.get((target, USDC), 0)
    assert spent.get(SOL_MINT, 0) == gains.get((recipient, SOL_MINT), 0) + book.fees


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["pay", "send", "hand over"]), st.integers(0, 2), st.integers(0, 2), st.integers(0, 1_000)
    ),
    max_size=12,
)


@given(MOVES)
def test_spending_equals_the_difference_of_what_the_wallet_owns(
    ledger: Any, wallet: str, recipient: str, address: Any, moves: list[tuple[str, int, int, int]]
) -> None:
    book = ledger()
    owners = [wallet, recipient, address("mallory")]
    book.accounts[owners[2]] = type(book.accounts[wallet])(10**9)
    accounts = [book.fund(owner, USDC, 10**6) for owner in owners]
    before = _owned(book, wallet)
    for kind, one, other, amount in moves:
        actions = {
            "pay": book.pay(owners[one], owners[other], amount),
            "send": book.send(accounts[one], accounts[other], amount),
            "hand over": book.hand_over(accounts[one], owners[other]),
        }
        book.transact(actions[kind])

    after = _owned(book, wallet)

    lost = {mint: before[mint] - after[mint] for mint in before if before[mint] > after[mint]}
    assert spent_raw(book.outcomes, wallet) == lost


def _owned(book: Any, wallet: str) -> dict[str, int]:
    own = [a for place, a in book.accounts.items() if place == wallet or a.owner == wallet]
    return {SOL_MINT: sum(a.lamports for a in own), USDC: sum(a.amount_raw for a in own if a.mint == USDC)}
