"""Addresses that belong to nobody: derived from names, and on the curve as those of real wallets are."""

from __future__ import annotations

from hashlib import sha256
from itertools import count

from reev_types.addresses import encode_base58

__all__ = ["nobodys_address"]

_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P


def nobodys_address(*names: object) -> str:
    """Return the address for ``names``, the same for the same ones; nobody can have its key."""
    text = "/".join(("reev mock", *map(str, names)))
    for attempt in count():
        candidate = sha256(f"{text}/{attempt}".encode()).digest()
        if _is_on_curve(candidate):
            return encode_base58(candidate)
    raise AssertionError("half of all 32 bytes are a point")  # pragma: no cover - count() does not end


def _is_on_curve(point: bytes) -> bool:
    """Tell whether 32 bytes are an Ed25519 point: x² = (y² − 1) / (d·y² + 1) must have a root."""
    y = int.from_bytes(point, "little") & (2**255 - 1)
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    return y < _P and pow(square, (_P - 1) // 2, _P) == 1
