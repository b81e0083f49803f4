"""Balances and mints from a Solana node over JSON-RPC."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from reev_types.amounts import U64_MAX
from reev_types.errors import SourceError
from reev_types.sources import TokenFacts, TokenHolding, WalletHoldings
from reev_types.times import Clock
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM

from ._accounts import mint_decimals, token_account
from ._http import HttpLimits, HttpSource
from ._sums import HeldAccount, summed
from ._together import together

__all__ = ["RpcSource"]

_MOST_ACCOUNTS = 100
"""As many as getMultipleAccounts takes at once."""
_SHAPE = {"encoding": "jsonParsed", "commitment": "confirmed"}


class RpcSource:
    """A ``BalanceSource`` and ``TokenSource``; raises SourceError, with ``refused`` for an error that the node states.

    ``url`` may contain a key: no message repeats more of it than the host.
    """

    def __init__(
        self,
        url: str,
        limits: HttpLimits | None = None,
        *,
        clock: Clock | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self._http = HttpSource("the Solana node", url, limits=limits, clock=clock, environment=environment)

    async def holdings(self, owner: str) -> WalletHoldings:
        """Return what ``owner`` holds under both token programs, from three questions asked at once."""
        lamports, *groups = await together(
            self._call("getBalance", owner, {"commitment": "confirmed"}),
            *(self._token_accounts(owner, program) for program in (TOKEN_PROGRAM, TOKEN_2022_PROGRAM)),
        )
        if type(lamports) is not int or not 0 <= lamports <= U64_MAX:
            raise self._http.fault("bad_response", "getBalance gives no amount of lamports")
        accounts = [account for group in groups for account in group]
        return WalletHoldings(owner=owner, lamports=lamports, tokens=self._summed(accounts))

    async def tokens(self, mints: Collection[str]) -> Mapping[str, TokenFacts]:
        """Return the mints that the node knows."""
        asked = list(mints)
        parts = [asked[start : start + _MOST_ACCOUNTS] for start in range(0, len(asked), _MOST_ACCOUNTS)]
        groups = await together(*(self._mints(part) for part in parts))
        return {fact.mint: fact for group in groups for fact in group}

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    def _summed(self, accounts: list[HeldAccount]) -> tuple[TokenHolding, ...]:
        try:
            return summed(accounts)
        except ValidationError as error:
            raise self._http.fault(
                "bad_response", f"a token account makes no sense: {error.errors()[0]['msg']}"
            ) from None

    async def _token_accounts(self, owner: str, program: str) -> list[HeldAccount]:
        answer = await self._call("getTokenAccountsByOwner", owner, {"programId": program}, _SHAPE)
        try:
            accounts = [token_account(entry["account"]["data"]) for entry in answer]
        except (LookupError, TypeError, ValueError) as error:
            raise self._http.fault("bad_response", f"getTokenAccountsByOwner cannot be read: {error}") from None
        if any(account.owner != owner for account in accounts):
            raise self._http.fault("bad_response", "getTokenAccountsByOwner lists an account of another wallet")
        return [account.held for account in accounts]

    async def _mints(self, mints: list[str]) -> list[TokenFacts]:
        answer = await self._call("getMultipleAccounts", mints, _SHAPE)
        try:
            return list(_facts(mints, answer))
        except (LookupError, TypeError, ValueError) as error:
            raise self._http.fault("bad_response", f"getMultipleAccounts cannot be read: {error}") from None

    async def _call(self, method: str, *params: object) -> Any:  # noqa: ANN401 - what JSON holds
        answer = await self._http.post({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
        if not isinstance(answer, dict):
            raise self._http.fault("bad_response", f"{method} is answered by no JSON-RPC")
        error, result = answer.get("error"), answer.get("result")
        if error is not None:
            raise self._refusal(method, error)
        if not isinstance(result, dict) or "value" not in result:
            raise self._http.fault("bad_response", f"{method} is answered without a value")
        return result["value"]

    def _refusal(self, method: str, error: object) -> SourceError:
        message = error.get("message") if isinstance(error, dict) else error
        is_limited = isinstance(error, dict) and error.get("code") == 429
        return self._http.fault("rate_limited" if is_limited else "refused", f"{method} is refused: {message}")


def _facts(mints: list[str], accounts: list[Any]) -> Iterator[TokenFacts]:
    for mint, account in zip(mints, accounts, strict=True):
        decimals = None if account is None else mint_decimals(account["data"])
        if decimals is not None:
            yield TokenFacts(mint=mint, decimals=decimals)
