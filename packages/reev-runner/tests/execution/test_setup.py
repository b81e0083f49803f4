"""Who runs a flow may say how it hangs together; what they leave open is as the benchmark has it."""

from reev_runner.execution import FlowSetup
from reev_types.atomicity import AtomicMode, OnAbort
from reev_types.recovery import RecoveryConfig


def test_a_setup_that_says_nothing_leaves_the_case_alone(two_payments):
    assert FlowSetup().applied(two_payments) is two_payments


def test_what_is_said_takes_the_place_of_what_the_case_says(two_payments):
    setup = FlowSetup(RecoveryConfig(retry_attempts=1), AtomicMode.STRICT, OnAbort.ROLLBACK)
    case = setup.applied(two_payments)
    assert (case.recovery.retry_attempts, case.atomic_mode, case.on_abort) == (1, "strict", "rollback")


def test_what_is_left_open_stays_as_it_is(two_payments):
    case = two_payments.model_copy(update={"on_abort": OnAbort.COMPENSATE})
    assert FlowSetup(atomic_mode=AtomicMode.LENIENT).applied(case).on_abort is OnAbort.COMPENSATE
