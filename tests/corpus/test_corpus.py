"""The published corpus: exact match on at least 98 % of it, and no confident wrong plan anywhere."""

import json
import runpy
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def outcomes(corpus, understood):
    """Pairs of what a sentence should come to and what it came to."""
    labels = [{key: record[key] for key in ("plan", "error") if key in record} for record in corpus]
    return [(record, wanted, understood(record["text"])) for record, wanted in zip(corpus, labels, strict=True)]


def test_the_corpus_has_a_thousand_different_utterances_in_twelve_families(corpus):
    assert len({record["text"] for record in corpus}) >= 1_000
    assert len({record["family"] for record in corpus}) >= 12


def test_nearly_every_utterance_comes_to_exactly_its_label(outcomes, capsys):
    missed = [(record["family"], record["text"], got) for record, wanted, got in outcomes if got != wanted]
    rate = 1 - len(missed) / len(outcomes)
    with capsys.disabled():
        print(f"\ncorpus: {rate:.2%} of {len(outcomes)} utterances exact")  # noqa: T201 - the rate is the result
    assert rate >= 0.98, missed[:10]


def test_no_utterance_is_planned_with_other_money_than_its_label(outcomes, capsys):
    wrong = [(record["text"], wanted, got) for record, wanted, got in outcomes if "plan" in got and got != wanted]
    with capsys.disabled():
        print(f"corpus: {len(wrong)} utterances with wrong money")  # noqa: T201 - the count is the result
    assert wrong == []


def test_a_hundred_utterances_and_more_are_to_be_asked_back(corpus):
    assert sum(str(record.get("error")).startswith("ask_") for record in corpus) >= 100


def test_the_generated_part_is_what_its_generators_write():
    generators = runpy.run_path(str(HERE / "generators"))
    written = [json.loads(line) for line in (HERE / "generated.jsonl").read_text().splitlines()]
    assert list(generators["records"]()) == written
