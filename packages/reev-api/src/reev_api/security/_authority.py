"""Who is asking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reev_api._problems import ProblemError
from reev_api.storage import Storage, TokenRecord
from reev_types.times import Clock

from ._tokens import Scope, is_secret_of, parts

__all__ = ["Authority", "Caller", "check_scope"]

_BELIEVED_S = 2.0
"""How long a token that another process has revoked still works."""
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="reev"'}


class Caller(NamedTuple):
    """Who asks: a token's id, empty where there are no tokens."""

    token_id: str
    scope: Scope


class Authority:
    """Knows callers by their bearer tokens; where tokens are off, everybody is the administrator of this machine."""

    def __init__(self, storage: Storage, clock: Clock, *, enabled: bool) -> None:
        self._storage = storage
        self._clock = clock
        self._enabled = enabled
        self._known: Mapping[str, TokenRecord] = {}
        self._read_s: float | None = None

    async def caller(self, authorization: str | None) -> Caller:
        """Return who asks; raises ProblemError 401 ``no_token`` and ``bad_token``."""
        if not self._enabled:
            return Caller("", Scope.ADMIN)
        if authorization is None:
            raise _unauthorized("no_token", "this takes a token", "Authorization: Bearer reev_…")
        scheme, _, token = authorization.partition(" ")
        split = parts(token.strip()) if scheme.lower() == "bearer" else None
        record = None if split is None else (await self._tokens()).get(split[0])
        if split is None or record is None or record.revoked_at or not is_secret_of(record, split[1]):
            raise _unauthorized("bad_token", "this token is not valid", "reev tokens create")
        return Caller(record.token_id, Scope(record.scope))

    def forget(self) -> None:
        """Read the tokens again before the next one is checked."""
        self._read_s = None

    async def _tokens(self) -> Mapping[str, TokenRecord]:
        now_s = self._clock.monotonic()
        if self._read_s is None or now_s - self._read_s > _BELIEVED_S:
            self._known = {token.token_id: token for token in await self._storage.tokens()}
            self._read_s = now_s
        return self._known


def check_scope(caller: Caller, wanted: Scope) -> None:
    """Raise ProblemError 403 ``missing_scope`` unless the caller may do what ``wanted`` stands for."""
    if not caller.scope.covers(wanted):
        told = f"this takes a token with the scope {wanted.value}, and this one has {caller.scope.value}"
        raise ProblemError(403, "missing_scope", told)


def _unauthorized(code: str, detail: str, hint: str) -> ProblemError:
    return ProblemError(401, code, detail, suggestions=(hint,), headers=_CHALLENGE)
