"""The first line of a file that reev generated, by which a changed or shortened one is recognised.

It says how long the file is meant to live, the SHA-256 of everything below it, and how many lines that are. Other
files have no such line, and none of this concerns them.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Literal

from reev_types.errors import BenchmarkError, FilePlace

__all__ = ["Lifetime", "check_generated", "generated_text", "is_temporary"]

Lifetime = Literal["temporary", "kept"]

_MARK = "# reev-generated "
_HEADER = re.compile(r"# reev-generated (temporary|kept) sha256:([0-9a-f]{64}) lines:(\d{1,6})", re.ASCII)


def generated_text(body: str, lifetime: Lifetime) -> str:
    """Return the text of a file with this body, which ends with a line break."""
    digest = sha256(body.encode()).hexdigest()
    return f"{_MARK}{lifetime} sha256:{digest} lines:{body.count(chr(10))}\n{body}"


def is_temporary(start: str) -> bool:
    """Tell whether a file that begins so was generated for the time of one run."""
    return start.startswith(f"{_MARK}temporary ")


def check_generated(text: str, path: str) -> None:
    """Raise BenchmarkError for a generated file that is not as it was generated.

    ``generated_truncated`` stands at the line where the file breaks off, ``generated_edited`` at the first line, whose
    digest does not fit the rest.
    """
    if not text.startswith(_MARK):
        return
    head, _, body = text.partition("\n")
    found = _HEADER.fullmatch(head)
    if found and sha256(body.encode()).hexdigest() == found[2]:
        return
    lines = body.count("\n")
    if found and lines < int(found[3]):
        message = f"the file breaks off: {found[3]} lines were generated, {lines} are left"
        raise _refusal("generated_truncated", message, path, lines + 1)
    raise _refusal("generated_edited", "the file is not what reev generated", path, 1)


def _refusal(code: str, message: str, path: str, line: int) -> BenchmarkError:
    hint = "to make it a benchmark of your own, take its first line away"
    return BenchmarkError(code, message, place=FilePlace(path, line, 1), suggestions=(hint,))
