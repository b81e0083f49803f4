"""What an agent is told about the wallet and the flow before a step.

Field names follow the original: ``sol_balance`` is in lamports, ``balance`` in raw units, prices in US dollars.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ._model import Model
from .addresses import Address
from .amounts import DEFAULT_SOL_RESERVE_LAMPORTS, Lamports, RawAmount, UiAmount
from .atomicity import AtomicMode

__all__ = ["FlowState", "PreviousResult", "PromptContext", "TokenBalance", "WalletContext"]


class TokenBalance(Model):
    """What a wallet holds of one token."""

    mint: Address
    balance: RawAmount
    decimals: Annotated[int, Field(ge=0, le=255)] | None = None
    symbol: str | None = None
    formatted_amount: str | None = None
    owner: Address | None = None


class WalletContext(Model):
    """A wallet's holdings and the prices known for them; a price that is not known is absent."""

    owner: Address
    sol_balance: Lamports
    token_balances: dict[Address, TokenBalance] = {}
    token_prices: dict[Address, UiAmount] = {}
    total_value_usd: UiAmount | None = None


class FlowState(Model):
    """Where a flow stands when a step begins; the index counts from 0."""

    current_step_index: Annotated[int, Field(ge=0)]
    total_steps: Annotated[int, Field(ge=1)]
    atomic_mode: AtomicMode
    previous_step_success: bool | None = None


class PreviousResult(Model):
    """What an earlier step came to."""

    step_id: str
    success: bool
    summary: str
    produced_raw: dict[Address, int] = {}
    """By mint, what the wallet gained in the step; native SOL under the wSOL mint."""


class PromptContext(Model):
    """Everything that a step's prompt is rendered from, and nothing of the ground truth."""

    wallet_context: WalletContext
    flow_state: FlowState
    previous_results: tuple[PreviousResult, ...] = ()
    accounts: dict[str, Address] = {}
    """Names that the prompt uses for accounts, such as ``RECIPIENT_WALLET_PUBKEY``."""
    sol_reserve_lamports: Lamports = DEFAULT_SOL_RESERVE_LAMPORTS
    """What ``max`` of SOL leaves behind."""
    generated_at: int
    """The chain's time in seconds, so that equal runs have equal contexts."""
