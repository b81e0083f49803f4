"""What the linter finds in the original's files: rule by rule, with the lines."""

from pathlib import Path

import pytest

from reev_runner.lint import lint_file

FINDINGS: dict[str, dict[str, list[int]]] = {
    "001": {},
    "002": {},
    "003": {"met-by-doing-nothing": [39, 43]},
    "004": {"unattainable-data": [40]},
    "100": {"met-by-doing-nothing": [34]},
    "110": {"met-by-doing-nothing": [23]},
    "111": {},
    "112": {},
    "113": {},
    "114": {"met-by-doing-nothing": [18], "weights-do-not-sum": [24, 56]},
    "115": {},
    "116": {"met-by-doing-nothing": [46, 57], "weights-do-not-sum": [44]},
    "200": {"undefined-placeholder": [44], "weights-do-not-sum": [37]},
    "300": {
        "met-by-doing-nothing": [28, 42, 49],
        "redundant-bound": [42],
        "single-point": [49],
        "weights-do-not-sum": [55],
        "wrong-magnitude": [30],
    },
    "301": {
        "contradictory-assertions": [40, 47],
        "met-by-doing-nothing": [28, 40, 47],
        "redundant-bound": [40],
        "weights-do-not-sum": [53, 92],
        "wrong-magnitude": [30],
    },
    "302": {"redundant-bound": [42, 56], "weights-do-not-sum": [68, 108]},
    "303": {
        "contradictory-assertions": [56],
        "inverted-sign": [37],
        "met-by-doing-nothing": [48, 56, 63],
        "weights-do-not-sum": [68, 113],
        "wrong-magnitude": [37],
    },
    "304": {
        "duplicate-placeholder": [29],
        "met-by-doing-nothing": [48, 61],
        "redundant-bound": [41, 48],
        "unknown-tool": [91],
        "weights-do-not-sum": [72, 123],
    },
    "305": {
        "inverted-sign": [38, 63],
        "met-by-doing-nothing": [73],
        "redundant-bound": [41, 47, 61],
        "unknown-tool": [85, 91, 225, 226],
        "weights-do-not-sum": [78, 140, 203],
        "wrong-magnitude": [38],
    },
}

UNGRADED = {"114": 5, "116": 1, "200": 1, "300": 7, "301": 6, "302": 6, "303": 6, "304": 6, "305": 7}


def lines_by_rule(path: Path) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for finding in lint_file(path):
        found.setdefault(finding.rule, []).append(finding.place.line)
    return found


@pytest.mark.parametrize("number", FINDINGS)
def test_the_findings_of_a_file(original_files: dict[str, Path], number: str):
    found = lines_by_rule(original_files[number])
    assert found.pop("missing-reference") == [1]
    assert len(found.pop("not-gradable", [])) == UNGRADED.get(number, 0)
    assert found == FINDINGS[number]


def test_the_table_covers_every_file(original_files: dict[str, Path]):
    assert list(FINDINGS) == list(original_files)
