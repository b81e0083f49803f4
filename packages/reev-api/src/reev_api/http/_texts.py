"""What clients may send as text."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from pydantic import StringConstraints

__all__ = ["AgentName", "BenchmarkId", "Prompt", "SessionId", "WalletName"]

Prompt = Annotated[str, StringConstraints(min_length=1, max_length=4_000, pattern=r"^[^\x00]*$")]
WalletName = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z:_-]+$")]
AgentName = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[!-~]+$")]
SessionId = Annotated[str, Path(pattern=r"^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$")]
BenchmarkId = Annotated[str, Path(max_length=100, pattern=r"^[0-9A-Za-z_-]+$")]
