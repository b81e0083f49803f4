"""What a foreign agent is asked: the original's ``LlmRequest``, made of the step's request and of nothing else."""

from __future__ import annotations

import json
from typing import Any

from reev_types.agents import AgentRequest
from reev_types.contexts import PromptContext, TokenBalance

__all__ = ["request_body"]

_SYSTEM_PROGRAM = "11111111111111111111111111111111"
_FEE_PAYER = "USER_WALLET_PUBKEY"
_ADDRESSES_KEY = "🔑 RESOLVED_ADDRESSES_FOR_OPERATIONS"
"""As the original's agents look for it."""
_MOST_TOKENS = 64
"""Of a wallet that holds more kinds of tokens, the states are of those with a balance, by mint, and no more."""
_HEADING = "CURRENT ON-CHAIN CONTEXT:"


def request_body(request: AgentRequest, model_name: str) -> bytes:
    """Return the JSON to post. Equal steps of equal runs give equal bytes."""
    states = _account_states(request.context)
    body = {
        "id": _id(request),
        "session_id": f"{request.benchmark_id}-{request.context.wallet_context.owner[:8]}",
        "prompt": request.prompt,
        "context_prompt": _context_prompt(request.context, states),
        "model_name": model_name,
        "mock": False,
        "allowed_tools": None,
        "account_states": states,
        "key_map": request.context.accounts,
    }
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def _id(request: AgentRequest) -> str:
    flow = request.context.flow_state
    if flow.total_steps == 1:
        return request.benchmark_id
    return f"{request.benchmark_id}-step-{flow.current_step_index + 1}"


def _account_states(context: PromptContext) -> dict[str, Any]:
    wallet = context.wallet_context
    names = [name for name, address in context.accounts.items() if address == wallet.owner] or [_FEE_PAYER]
    own = {"lamports": wallet.sol_balance, "owner": _SYSTEM_PROGRAM, "exists": True}
    tokens = {
        mint: {
            "mint": mint,
            "amount": str(token.balance),
            "decimals": token.decimals,
            "token_account_owner": wallet.owner,
        }
        for mint, token in _held(context)
    }
    return dict.fromkeys(names, own) | tokens


def _held(context: PromptContext) -> list[tuple[str, TokenBalance]]:
    held = list(context.wallet_context.token_balances.items())
    if len(held) <= _MOST_TOKENS:
        return held
    return sorted(held, key=lambda item: (item[1].balance == 0, item[0]))[:_MOST_TOKENS]


def _left_out(context: PromptContext) -> dict[str, str]:
    count = len(context.wallet_context.token_balances) - _MOST_TOKENS
    return {"account_states_left_out": f"{count} more token accounts of the wallet"} if count > 0 else {}


def _context_prompt(context: PromptContext, states: dict[str, Any]) -> str:
    """Return the heading and one YAML document; JSON is YAML, and no name in it can pass for markup."""
    document = {
        _ADDRESSES_KEY: context.accounts,
        "account_states": states,
        **_left_out(context),
        "fee_payer_placeholder": _FEE_PAYER,
        "previous_results": [result.to_json() for result in context.previous_results],
    }
    return f"{_HEADING}\n{json.dumps(document, ensure_ascii=False, indent=2)}\n"
