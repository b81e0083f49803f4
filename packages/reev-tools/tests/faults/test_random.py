"""Faults by chance, the same for the same seed."""

from decimal import Decimal
from typing import get_args

import pytest

from reev_tools.faults import random_faults
from reev_types.faults import Fault

STEPS = tuple(f"step_{number}" for number in range(1, 7))
KINDS = {kind.model_fields["kind"].default for kind in get_args(get_args(Fault)[0])}


def test_a_seed_always_means_the_same_faults():
    assert random_faults(5, STEPS, rate=Decimal("0.5")) == random_faults(5, STEPS, rate=Decimal("0.5"))
    assert random_faults(5, STEPS, rate=Decimal("0.5")) != random_faults(6, STEPS, rate=Decimal("0.5"))


def test_the_faults_of_a_step_do_not_depend_on_the_others():
    alone = random_faults(5, STEPS[:1], rate=Decimal(1))
    assert random_faults(5, STEPS, rate=Decimal(1))[: len(alone)] == alone


def test_no_rate_means_no_faults_and_the_full_rate_three_for_each_step():
    assert random_faults(1, STEPS, rate=Decimal(0)) == ()
    assert [fault.step for fault in random_faults(1, STEPS[:2], rate=Decimal(1))] == ["step_1"] * 3 + ["step_2"] * 3


def test_every_kind_comes_and_some_strike_several_attempts():
    faults = [fault for seed in range(50) for fault in random_faults(seed, STEPS, rate=Decimal("0.5"))]
    counts = {kind: sum(fault.kind == kind for fault in faults) for kind in KINDS}
    assert min(counts.values()) > len(faults) / len(KINDS) / 2
    assert {fault.attempts for fault in faults} == {(1,), (2,), (1, 2), (1, 2, 3)}


@pytest.mark.parametrize("rate", [Decimal("0.25"), Decimal("0.75")])
def test_a_step_has_a_fault_as_often_as_the_rate_says(rate):
    struck = sum(bool(random_faults(seed, ("step_1",), rate=rate)) for seed in range(1_000))
    assert abs(struck / 1_000 - float(rate)) < 0.05
