"""Addresses in the form that the VM wants, and those that the chain treats specially."""

from __future__ import annotations

from functools import lru_cache

from solders.pubkey import Pubkey

from reev_tools.programs import ASSOCIATED_TOKEN_PROGRAM
from reev_types.errors import ChainError

__all__ = [
    "CLOCK_SYSVAR",
    "FEATURE_PROGRAM",
    "INSTRUCTIONS_SYSVAR",
    "LOADERS",
    "LOOKUP_TABLE_PROGRAM",
    "NATIVE_LOADER",
    "SYSVAR_OWNER",
    "associated_token_address",
    "is_on_curve",
    "pubkey",
]

LOOKUP_TABLE_PROGRAM = "AddressLookupTab1e1111111111111111111111111"


@lru_cache(maxsize=8192)
def pubkey(address: str) -> Pubkey:
    """Return the key that ``address`` stands for; raises ChainError ``invalid_address``."""
    try:
        return Pubkey.from_string(address)
    except ValueError as failure:
        raise ChainError("invalid_address", f"{address[:50]!r} is not an address") from failure


@lru_cache(maxsize=8192)
def associated_token_address(owner: str, mint: str, program: str) -> str:
    """Return the address where ``owner`` keeps ``mint`` of the token ``program`` by convention."""
    seeds = [bytes(pubkey(part)) for part in (owner, program, mint)]
    return str(Pubkey.find_program_address(seeds, pubkey(ASSOCIATED_TOKEN_PROGRAM))[0])


def is_on_curve(address: str) -> bool:
    """Tell whether a private key can exist for ``address``; derived addresses of programs have none."""
    return pubkey(address).is_on_curve()


NATIVE_LOADER = pubkey("NativeLoader1111111111111111111111111111111")
LOADERS = frozenset(
    pubkey(address)
    for address in (
        "BPFLoader1111111111111111111111111111111111",
        "BPFLoader2111111111111111111111111111111111",
        "BPFLoaderUpgradeab1e11111111111111111111111",
        "LoaderV411111111111111111111111111111111111",
    )
)
SYSVAR_OWNER = pubkey("Sysvar1111111111111111111111111111111111111")
CLOCK_SYSVAR = pubkey("SysvarC1ock11111111111111111111111111111111")
INSTRUCTIONS_SYSVAR = pubkey("Sysvar1nstructions1111111111111111111111111")
FEATURE_PROGRAM = pubkey("Feature111111111111111111111111111111111111")
