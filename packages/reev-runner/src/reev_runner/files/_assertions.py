"""Compiles ``final_state_assertions``: which account each looks at, and within which bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from reev_types.assertions import (
    AnswerStates,
    Assertion,
    AtaDerivation,
    CapitalReserve,
    JupiterLendingPosition,
    LiquidityRatio,
    MultiPoolDiversification,
    SolBalance,
    SolBalanceChange,
    TokenAccountBalance,
    TokenAccountBalanceChange,
    TotalPortfolioValue,
)
from reev_types.benchmarks import TestStep
from reev_types.tokens import TOKENS, symbol_of

from ._accounts import known_mint
from ._assertion_models import (
    AnswerItem,
    AssertionItem,
    PoolsItem,
    PositionItem,
    RatioItem,
    TokenItem,
    WalletItem,
)
from ._bounds import bounds_of
from ._load import LoadedBenchmark
from ._nodes import Location
from ._roster import Roster

__all__ = ["compile_assertions"]

_SECTION = ("ground_truth", "final_state_assertions")

_WALLET_TYPES: Mapping[str, type[SolBalance | SolBalanceChange | TotalPortfolioValue | CapitalReserve]] = {
    "SolBalance": SolBalance,
    "SolBalanceChange": SolBalanceChange,
    "TotalPortfolioValue": TotalPortfolioValue,
    "CapitalReserve": CapitalReserve,
}
_TOKEN_TYPES: Mapping[str, type[TokenAccountBalance | TokenAccountBalanceChange]] = {
    "TokenAccountBalance": TokenAccountBalance,
    "TokenAccountBalanceChange": TokenAccountBalanceChange,
}


def compile_assertions(source: LoadedBenchmark, roster: Roster, steps: Sequence[TestStep]) -> tuple[Assertion, ...]:
    """Return the strict assertions.

    Raises BenchmarkError with a place: ``no_bounds``, ``negative_weight``, ``no_weight``, ``undefined_placeholder``,
    ``missing_key`` for a wallet's token without its mint, ``mint_mismatch``, ``unknown_token``, ``unknown_step``,
    ``not_lendable`` for an answer about a token without a vault.
    """
    items = source.file.ground_truth.final_state_assertions
    compiler = _Compiler(source, roster, [step.step_id for step in steps])
    assertions = tuple(compiler.assertion(item, (*_SECTION, index)) for index, item in enumerate(items))
    if assertions and not any(assertion.weight for assertion in assertions):
        raise source.problem("no_weight", "expected at least one weight above 0", *_SECTION)
    return assertions


class _Compiler:
    def __init__(self, source: LoadedBenchmark, roster: Roster, step_ids: Sequence[str]) -> None:
        self._source = source
        self._roster = roster
        self._step_ids = step_ids

    def assertion(self, item: AssertionItem, at: Location) -> Assertion:
        if item.weight < 0:
            message = f"expected a number of 0 or more, found {item.weight}"
            raise self._source.problem("negative_weight", message, *at, "weight")
        bounds = bounds_of(item)
        if not bounds:
            hint = ("add expected, expected_gte or another bound",)
            raise self._source.problem("no_bounds", "expected at least one bound", *at, suggestions=hint)
        common: dict[str, Any] = {"pubkey": item.pubkey, "weight": item.weight, **bounds}
        if item.after_step is not None:
            common["after_step"] = self._step_id(item.after_step, at)
        match item:
            case WalletItem(type=kind):
                self._check_known(item.pubkey, at)
                return _WALLET_TYPES[kind](**common)
            case TokenItem(type=kind):
                derivation = self._derivation(item, at)
                return _TOKEN_TYPES[kind](**common, mint=item.mint, address_derivation=derivation)
            case PositionItem(mint=mint):
                self._check_known(item.pubkey, at)
                known_mint(self._source, mint, *at, "mint")
                return JupiterLendingPosition(**common, mint=mint)
            case RatioItem():
                self._check_known(item.pubkey, at)
                return LiquidityRatio(**common)
            case PoolsItem():
                self._check_known(item.pubkey, at)
                return MultiPoolDiversification(**common)
            case AnswerItem(mint=mint):
                self._check_known(item.pubkey, at)
                self._check_lendable(mint, at)
                return AnswerStates(**common, mint=mint)
            case _:
                assert_never(item)

    def _step_id(self, number: int, at: Location) -> str:
        flow = self._source.file.flow or ()
        step_id = next((item.id for item in flow if item.step == number), None) or f"step_{number}"
        if step_id not in self._step_ids:
            message = f"expected the number of a step, found {number}"
            hints = (f"steps: {', '.join(self._step_ids)}",)
            raise self._source.problem("unknown_step", message, *at, "after_step", suggestions=hints)
        return step_id

    def _check_lendable(self, mint: str, at: Location) -> None:
        known_mint(self._source, mint, *at, "mint")
        lendable = [token.underlying for token in TOKENS if token.underlying]
        if mint not in lendable:
            hints = (f"write the mint of {', '.join(map(symbol_of, lendable))}",)
            message = f"expected a token that can be lent, found {symbol_of(mint)}"
            raise self._source.problem("not_lendable", message, *at, "mint", suggestions=hints)

    def _check_known(self, name: str, at: Location) -> None:
        if not self._roster.knows(name):
            raise self._undefined(name, (*at, "pubkey"))

    def _undefined(self, name: str, at: Location) -> Exception:
        hints = self._roster.suggestions(name)
        return self._source.problem("undefined_placeholder", f"{name} is not declared", *at, suggestions=hints)

    def _derivation(self, item: TokenItem, at: Location) -> AtaDerivation | None:
        """Return the associated account that is meant; None where ``pubkey`` is the token account itself."""
        given = item.address_derivation
        if given is not None:
            if not self._roster.is_wallet(given.owner):
                raise self._undefined(given.owner, (*at, "address_derivation", "owner"))
            known_mint(self._source, given.mint, *at, "address_derivation", "mint")
            self._check_same_mint(item, given.mint, at)
            return AtaDerivation(owner=given.owner, mint=given.mint)
        if item.mint is not None:
            known_mint(self._source, item.mint, *at, "mint")
        if item.pubkey in self._roster.tokens:
            self._check_same_mint(item, self._roster.tokens[item.pubkey].mint, at)
            return None
        return self._of_wallet_or_convention(item, at)

    def _of_wallet_or_convention(self, item: TokenItem, at: Location) -> AtaDerivation | None:
        if item.pubkey in self._roster.wallets and item.mint is None:
            raise self._source.problem("missing_key", f"is required, as {item.pubkey} is a wallet", *at, "mint")
        if self._roster.is_wallet(item.pubkey):
            # An address that nobody declared: a wallet when a mint is given, else the token account itself.
            return AtaDerivation(owner=item.pubkey, mint=item.mint) if item.mint else None
        derivation = self._roster.conventional_ata(item.pubkey, item.mint)
        if derivation is None:
            raise self._undefined(item.pubkey, (*at, "pubkey"))
        return derivation

    def _check_same_mint(self, item: TokenItem, mint: str, at: Location) -> None:
        if item.mint is not None and item.mint != mint:
            message = f"expected {mint}, the mint of the account, found {item.mint}"
            raise self._source.problem("mint_mismatch", message, *at, "mint")
