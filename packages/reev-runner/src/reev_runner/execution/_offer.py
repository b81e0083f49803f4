"""Which tools an agent is told of in a step: all that read, and of the others those that the wallet can use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reev_types.contexts import PromptContext
from reev_types.tools import ToolSpec

__all__ = ["offered"]

_TRADING = ("jupiter_swap", "jupiter_lend_earn_")


def offered(specs: Iterable[ToolSpec], context: PromptContext, required: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the names of the tools on offer, in the order of ``specs``; ``required`` ones always are.

    Swaps and lending are on offer to a wallet that has something to spend (whatever it is can be exchanged into what
    is lent) or shares to give back, transfers of tokens to one that holds some. The rest always is: a refusal with
    its reason tells a model more than a missing tool.
    """
    holds_tokens = any(held.balance for held in context.wallet_context.token_balances.values())
    has_means = holds_tokens or context.wallet_context.sol_balance > context.sol_reserve_lamports

    def is_usable(name: str) -> bool:
        if name == "spl_transfer":
            return holds_tokens
        return has_means or not name.startswith(_TRADING)

    return tuple(spec.name for spec in specs if spec.name in required or is_usable(spec.name))
