"""A transaction that never reaches the VM."""

from __future__ import annotations

from reev_types.chain import FailureCode, TransactionFailure

__all__ = ["RefusalError"]


class RefusalError(Exception):
    """Ends the handling of a transaction with a failure that costs nothing; never leaves this package."""

    def __init__(self, code: FailureCode, message: str) -> None:
        super().__init__(message)
        self.failure = TransactionFailure(code=code, message=message)
