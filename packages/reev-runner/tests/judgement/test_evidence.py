from collections.abc import Callable

from reev_runner.judgement import Evidence, ReferenceRun


def _reference(*, passed_through: bool) -> ReferenceRun:
    return ReferenceRun(passed_through=passed_through, spent_raw={}, gainers=frozenset(), outcomes=())


def test_a_reference_that_ran_to_its_end_is_usable(make_evidence: Callable[..., Evidence]) -> None:
    reference = _reference(passed_through=True)

    assert make_evidence(reference=reference).usable_reference is reference


def test_a_reference_that_broke_off_or_is_missing_is_not(make_evidence: Callable[..., Evidence]) -> None:
    assert make_evidence(reference=_reference(passed_through=False)).usable_reference is None
    assert make_evidence(reference=None).usable_reference is None
