"""Writes generated.jsonl: utterances put together from other people's phrase lists, with labels computed here.

Run ``python tests/corpus/generators``. Nothing of reev is imported: decimals, balances and arithmetic stand here
a second time, so that an error of the parser cannot also be an error of the label.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from corpus_plans import dollars, everything, exact_outs, goals, lending, sequences, shares, slips, swaps, transfers
from corpus_refusals import conflicts, gaps, homoglyphs, impossible, injections, invisibles, unexecuted
from corpus_words import Record

FAMILIES = {
    "swap": (swaps, 110),
    "transfer": (transfers, 60),
    "exact_out": (exact_outs, 50),
    "share": (shares, 60),
    "everything": (everything, 50),
    "dollars": (dollars, 45),
    "lend": (lending, 50),
    "sequences": (sequences, 70),
    "goals": (goals, 40),
    "typos": (slips, 30),
    "homoglyphs": (homoglyphs, 40),
    "invisible": (invisibles, 40),
    "conflicts": (conflicts, 60),
    "missing": (gaps, 60),
    "not_executed": (unexecuted, 80),
    "injection": (injections, 40),
    "checks": (impossible, 50),
}


def records() -> Iterator[Record]:
    """Yield the whole generated corpus, the same each time."""
    for family, (source, count) in FAMILIES.items():
        for record in islice(source(random.Random(family)), count):
            yield {"family": family, **record}


def main() -> None:
    lines = (json.dumps(record, ensure_ascii=True) for record in records())
    (Path(__file__).parent.parent / "generated.jsonl").write_text("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    main()
