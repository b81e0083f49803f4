"""The aggregator's own errors, by number."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["JUPITER_ERRORS", "JupiterError"]


class JupiterError(NamedTuple):
    """One error of the aggregator, in its own words."""

    number: int
    name: str
    message: str

    @property
    def code(self) -> str:
        """The name in snake case."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", self.name).lower()


_TABLE = """
EmptyRoute: Empty route
SlippageToleranceExceeded: Slippage tolerance exceeded
InvalidCalculation: Invalid calculation
MissingPlatformFeeAccount: Missing platform fee account
InvalidSlippage: Invalid slippage
NotEnoughPercent: Not enough percent to 100
InvalidInputIndex: Token input index is invalid
InvalidOutputIndex: Token output index is invalid
NotEnoughAccountKeys: Not Enough Account keys
NonZeroMinimumOutAmountNotSupported: Non zero minimum out amount not supported
InvalidRoutePlan: Invalid route plan
InvalidReferralAuthority: Invalid referral authority
LedgerTokenAccountDoesNotMatch: Token account doesn't match the ledger
InvalidTokenLedger: Invalid token ledger
IncorrectTokenProgramID: Token program ID is invalid
TokenProgramNotProvided: Token program not provided
SwapNotSupported: Swap not supported
ExactOutAmountNotMatched: Exact out amount doesn't match
SourceAndDestinationMintCannotBeTheSame: Source mint and destination mint cannot the same
InvalidMint: Invalid mint
InvalidProgramAuthority: Invalid program authority
InvalidOutputTokenAccount: Invalid output token account
InvalidFeeWallet: Invalid fee wallet
InvalidAuthority: Invalid authority
InsufficientFunds: Insufficient funds
InvalidTokenAccount: Invalid token account
BondingCurveAlreadyCompleted: Bonding curve already completed
"""

JUPITER_ERRORS: dict[int, JupiterError] = {
    number: JupiterError(number, *row.split(": ")) for number, row in enumerate(_TABLE.strip().splitlines(), start=6000)
}
"""All errors of the interface, whether or not the embedded program can raise them."""
