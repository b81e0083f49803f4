"""How far a flow has come: what its steps have done, and which of them was interrupted."""

from reev_runner.execution._progress import FlowProgress, Interrupted
from reev_types.recovery import FailureClass, StepFailure

FAILURE = StepFailure(step_id="step_1", attempt=2, code="timeout", failure_class=FailureClass.TIMEOUT)


def test_the_attempts_of_a_step_share_one_memory():
    progress = FlowProgress()
    assert progress.memory_of("step_1") is progress.memory_of("step_1")
    assert progress.memory_of("step_1") is not progress.memory_of("step_2")


def test_an_interruption_is_gone_on_with_once():
    progress = FlowProgress(interrupted=Interrupted("step_1", 2, FAILURE))
    assert progress.take_interrupted("step_2") is None
    assert progress.take_interrupted("step_1").attempts == 2
    assert progress.take_interrupted("step_1") is None
