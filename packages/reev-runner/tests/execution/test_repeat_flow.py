from decimal import Decimal
from pathlib import Path

import pytest

from reev_runner.execution import FlowSetup, repeats_setup
from reev_types.atomicity import AtomicMode, OnAbort
from reev_types.recovery import RecoveryConfig


@pytest.mark.parametrize(
    ("setup", "arguments"),
    [
        (FlowSetup(), ()),
        (FlowSetup(recovery=RecoveryConfig()), ("--recovery",)),
        (FlowSetup(atomic_mode=AtomicMode.LENIENT), ("--atomic-mode", "lenient")),
        (FlowSetup(on_abort=OnAbort.LEAVE), ("--on-abort", "leave")),
        (
            FlowSetup(recovery=RecoveryConfig(enable_retry=False, enable_alternative_flows=True)),
            ("--recovery", "--no-retry", "--enable-alternative-flows"),
        ),
        (
            FlowSetup(
                recovery=RecoveryConfig(max_slippage_bps=50, backoff_multiplier=Decimal("1.50"), retry_attempts=0),
                alternatives_file=Path("own.yml"),
            ),
            (
                *("--recovery", "--backoff-multiplier", "1.50", "--retry-attempts", "0"),
                *("--max-recovery-slippage-bps", "50", "--alternatives", "own.yml"),
            ),
        ),
    ],
)
def test_what_is_not_as_usual_is_repeated(setup, arguments):
    assert repeats_setup(setup) == arguments
