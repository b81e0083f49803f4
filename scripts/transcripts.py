"""Run every `console` block of the documents and compare what is printed with what stands there.

python scripts/transcripts.py            exits 1 and shows the difference
python scripts/transcripts.py --update   writes what was printed
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = (
    "README.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
    *(f"packages/{folder.name}/README.md" for folder in sorted((ROOT / "packages").iterdir())),
)
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# What may differ between two equal runs: session ids and durations.
VARYING = ((re.compile(r"\d{8}-\d{6}-[0-9a-f]{12}"), "SESSION"), (re.compile(r"\d+(\.\d+)? m?s\b"), "TIME"))


def main() -> int:
    differences = 0
    for name in DOCUMENTS:
        path = ROOT / name
        before = path.read_text(encoding="utf-8")
        after = BLOCK.sub(lambda match: f"```console\n{_transcript(match[1])}```", before)
        if "--update" in sys.argv:
            path.write_text(after, encoding="utf-8")
        elif _settled(before) != _settled(after):
            differences += 1
            sys.stdout.writelines(difflib.unified_diff(_lines(before), _lines(after), name, "printed"))
    return 1 if differences else 0


def _transcript(block: str) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{_output(command[2:])}" for command in commands)


def _output(command: str) -> str:
    program, *arguments = shlex.split(command)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("benchmarks", "docs"):
            (Path(folder) / name).symlink_to(ROOT / name)
        done = subprocess.run(
            [str(Path(sys.executable).with_name(program)), *arguments],
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n"


def _settled(text: str) -> str:
    for pattern, word in VARYING:
        text = pattern.sub(word, text)
    return text


def _lines(text: str) -> list[str]:
    return _settled(text).splitlines(keepends=True)


if __name__ == "__main__":
    sys.exit(main())
