import json
import re
from collections import Counter
from pathlib import Path

import pytest

from reev_orchestrator.language import parse
from reev_orchestrator.rendering import BUNDLED, Catalogue, TemplateRenderer

ALICE = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"
PATTERNS = json.loads((Path(__file__).parent / "common_patterns.json").read_text())
GENERAL = "scenarios/several_steps"
CARDS = Catalogue.read([BUNDLED]).cards


def chosen(sentence):
    return TemplateRenderer().select(parse(sentence.replace("{alice}", ALICE)).intents)


@pytest.mark.parametrize("row", PATTERNS, ids=lambda row: row["pattern"])
def test_a_common_pattern_comes_to_its_template(row):
    assert chosen(row["sentence"]) == (row["template"] or GENERAL)


def test_nine_in_ten_common_patterns_have_a_template_of_their_own():
    users = Counter(chosen(row["sentence"]) for row in PATTERNS)
    own = [name for name, count in users.items() if count == 1 and name != GENERAL]
    assert len(own) >= 0.9 * len(PATTERNS)


@pytest.mark.parametrize(
    ("sentence", "template"),
    [
        pytest.param(sentence, card.name, id=f"{card.name}-{number}")
        for card in CARDS.values()
        for number, sentence in enumerate(card.examples)
    ],
)
def test_an_example_in_a_head_comes_to_that_template(sentence, template):
    assert chosen(sentence) == template


@pytest.mark.parametrize("row", PATTERNS, ids=lambda row: row["pattern"])
def test_every_step_of_a_common_pattern_renders(row, planned, context):
    plan = planned(row["sentence"].replace("{alice}", ALICE))
    texts = [TemplateRenderer().render_planned(plan, step, context(plan.context)) for step in plan.steps]
    assert len(set(texts)) == len(plan.steps)
    assert all(re.search(r"\nWallet: ", text) and "None" not in text for text in texts)
