"""A transaction landed when it was sent, although the reply was lost."""

from reev_runner.execution._landings import landings
from reev_types.chain import TransactionOutcome
from reev_types.events import TransactionReturned
from reev_types.recovery_events import FaultInjected, TransactionResent


def lost(seq):
    return FaultInjected(seq=seq, step_id="step_1", attempt=1, kind="lost_reply", detail="s")


def resent(seq):
    return TransactionResent(seq=seq, step_id="step_1", signature="s")


def returned(seq, *, landed=True):
    outcome = TransactionOutcome(signature="s", slot=1, landed=landed)
    return TransactionReturned(seq=seq, step_id="step_1", call_id="1", outcome=outcome)


def test_what_was_answered_landed_with_its_answer():
    assert landings([returned(4)]) == {4: returned(4)}


def test_what_was_not_answered_landed_where_the_reply_was_lost():
    assert landings([lost(2), returned(6)]) == {2: returned(6)}


def test_what_had_to_be_sent_again_had_not_landed_before():
    assert landings([lost(2), resent(3), returned(6)]) == {6: returned(6)}
    assert landings([lost(2), resent(3), lost(4), returned(6)]) == {4: returned(6)}


def test_what_never_landed_is_not_there():
    assert landings([lost(2), returned(6, landed=False)]) == {}
