from reev_runner.execution._exchanges import JournalLog
from reev_runner.journal import Journal
from reev_types.events import ModelExchanged
from reev_types.models import ModelFailureRecord


def test_a_record_goes_into_the_journal_under_its_step(still_clock):
    journal = Journal(still_clock)
    record = ModelFailureRecord(step_id="step_2", turn=3, code="timeout", message="no answer")
    JournalLog(journal).note(record)
    (event,) = journal.events
    assert isinstance(event, ModelExchanged)
    assert (event.step_id, event.record) == ("step_2", record)
