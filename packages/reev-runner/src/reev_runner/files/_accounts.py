"""Compiles ``initial_state``: who exists when a run starts, and with what."""

from __future__ import annotations

from collections.abc import Iterator

from reev_types.addresses import is_address
from reev_types.benchmarks import USER_WALLET, InitialAccount, InitialToken, InitialWallet
from reev_types.errors import TokenError
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM, Token, find_token, token_of

from ._fields import read_amount
from ._holdings import check_amounts
from ._load import LoadedBenchmark
from ._model import AccountItem, TokenData
from ._roster import Roster

__all__ = ["compile_accounts", "known_mint"]

_SYSTEM_PROGRAM = "11111111111111111111111111111111"
_TOKEN_PROGRAMS = (TOKEN_PROGRAM, TOKEN_2022_PROGRAM)
_SECTION = "initial_state"
_LONGEST_STEM = 44  # an address; the rest of a name's 64 characters holds the token

_OWNERS_OF_THE_WORLD = frozenset(
    {
        "NativeLoader1111111111111111111111111111111",
        "BPFLoader1111111111111111111111111111111111",
        "BPFLoader2111111111111111111111111111111111",
        "BPFLoaderUpgradeab1e11111111111111111111111",
        "LoaderV411111111111111111111111111111111111",
        "Sysvar1111111111111111111111111111111111111",
        "Feature111111111111111111111111111111111111",
    }
)
"""Whose accounts are programs, sysvars and features: the same in every run, and set by none."""


def compile_accounts(source: LoadedBenchmark) -> Roster:
    """Return the accounts of the file.

    Raises BenchmarkError with a place: ``missing_wallet``, ``duplicate_account``, ``undefined_placeholder``,
    ``unknown_token``, ``wrong_token_program``, ``missing_key``, ``not_supported``, ``reserved_owner``,
    ``supply_exceeded``, and those of amounts.
    """
    compiled = [pair for index, item in enumerate(source.file.initial_state) for pair in _account(source, index, item)]
    roster = Roster(tuple(account for _, account in compiled))
    _check_names(source, compiled)
    _check_owners(source, compiled, roster)
    check_amounts(source, compiled)
    user = roster.wallets.get(USER_WALLET)
    if user is None or user.owner != _SYSTEM_PROGRAM:
        message = f"expected a wallet {USER_WALLET} of the System program, which pays the fees"
        raise source.problem("missing_wallet", message, _SECTION)
    return roster


def known_mint(source: LoadedBenchmark, mint: str, *location: str | int) -> Token:
    """Return the registry's row of a mint; raises BenchmarkError ``unknown_token``."""
    token = token_of(mint)
    if token is None:
        message = f"the mint {mint} is not in the token registry"
        raise source.problem("unknown_token", message, *location, suggestions=_mint_hints(mint))
    return token


def _mint_hints(text: str) -> tuple[str, ...]:
    try:
        return (f"write the mint of {find_token(text).symbol}: {find_token(text).mint}",)
    except TokenError as error:
        return error.suggestions


def _account(source: LoadedBenchmark, index: int, item: AccountItem) -> Iterator[tuple[int, InitialAccount]]:
    if isinstance(item.data, str):
        raise source.problem("not_supported", "account data as text cannot be run", _SECTION, index, "data")
    if item.owner in _OWNERS_OF_THE_WORLD:
        message = f"accounts of {item.owner} belong to the world; no run can set them"
        raise source.problem("reserved_owner", message, _SECTION, index, "owner")
    if item.data and item.data.balances:
        yield from ((index, token) for token in _balances(source, index, item, item.data))
    elif item.owner in _TOKEN_PROGRAMS:
        yield index, _token(source, index, item)
    elif item.data and (item.data.mint or item.data.amount):
        message = f"expected a token program as owner of a token account, found {item.owner}"
        raise source.problem("wrong_token_program", message, _SECTION, index, "owner")
    else:
        yield index, InitialWallet(name=item.pubkey, lamports=item.lamports or 0, owner=item.owner)


def _token(source: LoadedBenchmark, index: int, item: AccountItem) -> InitialToken:
    data = item.data if isinstance(item.data, TokenData) else TokenData()
    if data.mint is None or data.owner is None or data.amount is None:
        missing = next(key for key in ("mint", "owner", "amount") if getattr(data, key) is None)
        raise source.problem("missing_key", "is required for a token account", _SECTION, index, "data", missing)
    if is_address(item.pubkey):
        message = "expected a name; the address of a token account follows from its owner and mint"
        raise source.problem("not_supported", message, _SECTION, index, "pubkey")
    token = known_mint(source, data.mint, _SECTION, index, "data", "mint")
    if item.owner != token.program:
        message = f"expected {token.program}, the program of {token.symbol}, found {item.owner}"
        raise source.problem("wrong_token_program", message, _SECTION, index, "owner")
    return InitialToken(
        name=item.pubkey,
        owner=data.owner,
        mint=token.mint,
        program=token.program,
        amount_raw=data.amount,
        # The original ignores the lamports of token accounts, and 0 cannot be meant.
        lamports=item.lamports or None,
    )


def _balances(source: LoadedBenchmark, index: int, item: AccountItem, data: TokenData) -> Iterator[InitialToken]:
    """Read ``jUSDC_balance: …`` on a wallet that is declared elsewhere."""
    if item.lamports:
        raise source.problem("not_supported", "give them in the wallet's own entry", _SECTION, index, "lamports")
    for symbol, value in data.balances.items():
        location = (_SECTION, index, "data", f"{symbol}_balance")
        try:
            token, amount_raw = find_token(symbol), read_amount(value)
        except TokenError as error:
            raise source.problem(error.code, error.message, *location, suggestions=error.suggestions) from None
        except ValueError as error:
            raise source.problem("not_an_amount", f"{error}, found {value!r:.60}", *location) from None
        name = f"{item.pubkey.removesuffix('_WALLET_PUBKEY')[:_LONGEST_STEM]}_{token.symbol}_ATA"
        yield InitialToken(name=name, owner=item.pubkey, mint=token.mint, program=token.program, amount_raw=amount_raw)


def _check_names(source: LoadedBenchmark, compiled: list[tuple[int, InitialAccount]]) -> None:
    lines: dict[object, int] = {}
    for index, account in compiled:
        identities: list[object] = [account.name]
        if isinstance(account, InitialToken):
            identities.append((account.owner, account.mint))
        place = source.places.at(_SECTION, index, "pubkey")
        for identity in identities:
            if identity in lines:
                message = f"{account.name} is already declared in line {lines[identity]}"
                raise source.problem("duplicate_account", message, _SECTION, index, "pubkey")
            lines[identity] = place.line


def _check_owners(source: LoadedBenchmark, compiled: list[tuple[int, InitialAccount]], roster: Roster) -> None:
    for index, account in compiled:
        if isinstance(account, InitialToken) and not roster.is_wallet(account.owner):
            message = f"expected a wallet of initial_state or an address, found {account.owner}"
            hints = roster.suggestions(account.owner)
            raise source.problem("undefined_placeholder", message, _SECTION, index, "data", "owner", suggestions=hints)
