"""The wallet of a flow: whose it is, where its holdings come from, and how to say so."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from reev_orchestrator import ContextResolver
from reev_orchestrator.context import checked_owner
from reev_orchestrator.context.sources import FixedContext, FixedPrices, RpcSource, load_context
from reev_orchestrator.mocks import DEFAULT_MOCK_WALLET, MOCK_WALLETS, mock_wallet, mock_wallet_named_by
from reev_types.contexts import WalletContext
from reev_types.errors import UsageError
from reev_types.times import Clock

__all__ = ["WalletChoice", "choose_wallet"]


class WalletChoice(NamedTuple):
    """A wallet that flows can be planned on."""

    on: WalletContext | str
    """Its context, or its address for ``resolver``."""
    resolver: ContextResolver
    about: str
    """Where the holdings come from, for people."""
    arguments: tuple[str, ...]
    """The command line's options that choose it again."""


def choose_wallet(
    wallet: str | None,
    context: Path | None,
    rpc_url: str | None,
    *,
    prices_usd: Mapping[str, Decimal],
    clock: Clock,
) -> WalletChoice:
    """Return the wallet that somebody names: an address, ``demo:<name>``, a context file, or nothing.

    An address is a mirror: it holds what the node at ``rpc_url`` says (priced at ``prices_usd``), without one what the
    mock wallet ``balanced`` holds. No key is needed. Raises UsageError ``two_wallets`` and ``rpc_without_wallet``,
    UserError ``invalid_wallet``, ``unknown_mock_wallet`` and those of context files.
    """
    _check(wallet, context, rpc_url)
    if context is not None:
        return _fixed(load_context(context), f"the context {context}", ("--context", str(context)), clock)
    name = wallet or f"demo:{DEFAULT_MOCK_WALLET}"
    mock = mock_wallet_named_by(name)
    if mock is not None:
        return _fixed(mock, f"the mock wallet {name.removeprefix('demo:')}", ("--wallet", name), clock)
    owner = checked_owner(name)
    for known in MOCK_WALLETS if rpc_url is None else ():
        if mock_wallet(known).owner == owner:
            return choose_wallet(f"demo:{known}", None, None, prices_usd=prices_usd, clock=clock)
    if rpc_url is not None:
        return _on_node(owner, rpc_url, prices_usd, clock)
    mirrored = mock_wallet().model_copy(update={"owner": owner})
    about = f"{owner}, mirrored with what the mock wallet {DEFAULT_MOCK_WALLET} holds"
    return _fixed(mirrored, about, ("--wallet", owner), clock)


def _check(wallet: str | None, context: Path | None, rpc_url: str | None) -> None:
    if wallet is not None and context is not None:
        hints = ('reev plan "swap 0.1 SOL to USDC" --context wallet.json',)
        raise UsageError("two_wallets", "--wallet and --context each name a wallet; give one", suggestions=hints)
    if rpc_url is not None and (wallet is None or wallet.startswith("demo:")):
        hints = ("--wallet <address> --rpc-url <url>",)
        raise UsageError("rpc_without_wallet", "--rpc-url takes the address of a wallet", suggestions=hints)


def _fixed(context: WalletContext, about: str, arguments: tuple[str, ...], clock: Clock) -> WalletChoice:
    source = FixedContext(context)
    resolver = ContextResolver(balances=source, prices=source, tokens=source, clock=clock)
    # What stands in a file counts as it stands there.
    on: WalletContext | str = context if arguments[0] == "--context" else context.owner
    return WalletChoice(on, resolver, about, arguments)


def _on_node(owner: str, url: str, prices_usd: Mapping[str, Decimal], clock: Clock) -> WalletChoice:
    node = RpcSource(url, clock=clock)
    resolver = ContextResolver(balances=node, prices=FixedPrices(prices_usd), tokens=node, clock=clock)
    return WalletChoice(owner, resolver, f"{owner}, mirrored from a node", ("--wallet", owner, "--rpc-url", url))
