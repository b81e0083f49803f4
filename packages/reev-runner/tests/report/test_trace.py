from reev_runner.report._trace import trace_of
from reev_types.events import StepEnded, StepStarted, ToolCalled, TransactionReturned, TransactionSent


def test_a_whole_run_is_folded_into_steps_calls_and_transactions(passed):
    _, _, started, called, sent, returned, answered, ended, *_ = passed.events
    (step,) = trace_of(passed.events).steps
    (call,) = step.calls
    (transaction,) = call.transactions
    assert (step.started, step.ended) == (started, ended)
    assert (call.called, call.result) == (called, answered.result)
    assert (transaction.sent, transaction.outcome) == (sent, returned.outcome)


def test_a_journal_that_breaks_off_anywhere_can_be_folded(failed):
    for length in range(len(failed.events)):
        trace = trace_of(failed.events[:length])
        assert len(trace.steps) == (length > 2)


def test_a_step_that_is_tried_again_appears_twice():
    started = StepStarted(step_id="swap", description="", critical=True, prompt="")
    call = ToolCalled(step_id="swap", call_id="1", tool="jupiter_swap", arguments={})
    ended = StepEnded(step_id="swap", critical=True, status="failed", reason="timeout")
    again = ended.model_copy(update={"status": "succeeded", "reason": ""})
    first, second = trace_of([started, call, ended, started, call, again]).steps
    assert [len(first.calls), len(second.calls)] == [1, 1]
    assert [step.ended and step.ended.status for step in (first, second)] == ["failed", "succeeded"]


def test_a_skipped_step_appears_although_it_never_started():
    (step,) = trace_of([StepEnded(step_id="lend", critical=False, status="skipped", reason="flow_aborted")]).steps
    assert (step.step_id, step.started) == ("lend", None)


def test_transactions_without_a_tool_call_are_kept(passed):
    bare = [event for event in passed.events if isinstance(event, TransactionSent | TransactionReturned)]
    (step,) = trace_of(bare).steps
    assert step.calls[0].called is None
    assert len(list(trace_of(bare).outcomes())) == 1


def test_an_outcome_of_another_transaction_is_not_mixed_up(passed):
    sent = next(event for event in passed.events if isinstance(event, TransactionSent))
    other = sent.model_copy(update={"signature": "other"})
    returned = next(event for event in passed.events if isinstance(event, TransactionReturned))
    fates = [transaction.outcome for transaction in trace_of([sent, other, returned]).transactions()]
    assert fates == [returned.outcome, None]
