"""The id of a flow."""

from __future__ import annotations

import json
from hashlib import sha256

from reev_types.contexts import WalletContext

__all__ = ["flow_id"]

_DIGITS = 12


def flow_id(prompt: str, context: WalletContext) -> str:
    """Return an id such as ``dynamic-1f2e3d4c5b6a``, the same for the same sentence on the same wallet.

    A flow's id is part of its run's identity, so time or chance in it would make equal runs unequal.
    """
    meaning = json.dumps([prompt, context.to_json()], sort_keys=True, separators=(",", ":"))
    return f"dynamic-{sha256(meaning.encode()).hexdigest()[:_DIGITS]}"
