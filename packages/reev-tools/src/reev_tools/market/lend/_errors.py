"""The numbers that Jupiter Lend's program fails with, under the names of its interface and of Anchor."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["LendError"]


class LendError(IntEnum):
    """Why the lend program refuses a call; below 6000 are Anchor's own checks."""

    INSTRUCTION_MISSING = 100
    INSTRUCTION_FALLBACK_NOT_FOUND = 101
    INSTRUCTION_DID_NOT_DESERIALIZE = 102
    CONSTRAINT_MUT = 2000
    CONSTRAINT_HAS_ONE = 2001
    CONSTRAINT_SEEDS = 2006
    CONSTRAINT_ADDRESS = 2012
    CONSTRAINT_TOKEN_MINT = 2014
    CONSTRAINT_TOKEN_OWNER = 2015
    CONSTRAINT_TOKEN_TOKEN_PROGRAM = 2021
    CONSTRAINT_MINT_TOKEN_PROGRAM = 2022
    ACCOUNT_DISCRIMINATOR_MISMATCH = 3002
    ACCOUNT_DID_NOT_DESERIALIZE = 3003
    ACCOUNT_NOT_ENOUGH_KEYS = 3005
    ACCOUNT_OWNED_BY_WRONG_PROGRAM = 3007
    INVALID_PROGRAM_ID = 3008
    ACCOUNT_NOT_SIGNER = 3010
    F_TOKEN_DEPOSIT_INSIGNIFICANT = 6000
    """The deposit would buy no share."""
    F_TOKEN_MIN_AMOUNT_OUT = 6001
    F_TOKEN_MAX_AMOUNT = 6002
    F_TOKEN_INVALID_PARAMS = 6003
    """The amount is 0, or its counterpart does not fit into 64 bits."""
    F_TOKEN_LIQUIDITY_EXCHANGE_PRICE_UNEXPECTED = 6006
    """The price would be below 1, below the last one, or beyond 64 bits."""
    F_TOKEN_CPI_TO_LIQUIDITY_FAILED = 6007
    """The vault holds less than is asked for, or the asset's mint withholds a transfer fee."""
    F_TOKEN_USER_SUPPLY_POSITION_REQUIRED = 6011
    """The recorded supply does not cover the shares."""
