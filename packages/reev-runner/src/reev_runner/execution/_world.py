"""The initial state of a benchmark, put on a chain."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from reev_tools.chain import Keyring
from reev_tools.jupiter import JupiterClient
from reev_tools.programs import SYSTEM_PROGRAM
from reev_types.addresses import is_address
from reev_types.benchmarks import USER_WALLET, InitialToken, InitialWallet, TestCase
from reev_types.chain import AccountState, SandboxChain
from reev_types.events import NamedAccount

from ._sandbox import Sandbox

__all__ = ["PreparedWorld", "prepare_world"]


class PreparedWorld(NamedTuple):
    """A chain on which the initial state stands, and what its accounts are called."""

    chain: SandboxChain
    jupiter: JupiterClient
    wallet: str
    addresses: dict[str, str]
    accounts: tuple[NamedAccount, ...]


async def prepare_world(case: TestCase, sandbox: Sandbox, seed: int) -> PreparedWorld:
    """Give every named account an address derived from the seed, and every balance its amount; then let time pass."""
    keyring = Keyring(seed, case.id)
    chain = await sandbox.open(keyring, seed)
    addresses = _wallet_addresses(case, keyring)
    accounts = []
    for account in case.accounts:
        match account:
            case InitialWallet():
                accounts.append(await _put_wallet(chain, account, addresses[account.name]))
            case InitialToken():
                accounts.append(await _put_token(chain, account, addresses))
            case _:
                assert_never(account)
    if case.elapsed_s:
        await chain.advance(seconds=case.elapsed_s)
    return PreparedWorld(chain, sandbox.jupiter(chain), addresses[USER_WALLET], addresses, tuple(accounts))


def _wallet_addresses(case: TestCase, keyring: Keyring) -> dict[str, str]:
    wallets = [account.name for account in case.accounts if isinstance(account, InitialWallet)]
    owners = [account.owner for account in case.accounts if isinstance(account, InitialToken)]
    names = dict.fromkeys([USER_WALLET, *wallets, *owners])
    mirrored = {USER_WALLET: case.wallet} if case.wallet else {}
    return {name: _address(mirrored.get(name, name), keyring) for name in names}


def _address(name: str, keyring: Keyring) -> str:
    if not is_address(name):
        return keyring.address(name)
    # An address that is given stands for itself; nobody here has its key.
    keyring.adopt(name)
    return name


async def _put_wallet(chain: SandboxChain, account: InitialWallet, address: str) -> NamedAccount:
    if account.owner == SYSTEM_PROGRAM:
        await chain.set_lamports(address, account.lamports)
    else:
        await chain.set_account(AccountState(address=address, owner=account.owner, lamports=account.lamports))
    return NamedAccount(name=account.name, address=address, lamports=account.lamports)


async def _put_token(chain: SandboxChain, account: InitialToken, addresses: dict[str, str]) -> NamedAccount:
    owner = addresses[account.owner]
    address = await chain.set_token_balance(owner, account.mint, account.amount_raw, lamports=account.lamports)
    addresses[account.name] = address
    state = await chain.account(address)
    return NamedAccount(
        name=account.name,
        address=address,
        lamports=state.lamports if state else 0,
        mint=account.mint,
        owner=owner,
        amount_raw=account.amount_raw,
    )
