"""What kind of failure a code stands for, and whether the same thing done again could come out otherwise.

Codes alone decide: messages are for people, and may say anything.
"""

from __future__ import annotations

from reev_types.recovery import FailureClass, StepFailure

__all__ = ["classify", "is_known", "is_permanent"]

_CODES: dict[FailureClass, str] = {
    FailureClass.TRANSPORT: """
        agent_unreachable already_processed bad_price bad_response decimals_mismatch fate_unknown foreign_bad_answer
        foreign_error foreign_timeout foreign_too_large forbidden model_auth model_bad_reply model_bad_request
        model_reply_cut model_reply_too_large model_timeout model_unavailable model_unknown model_unreachable
        network_denied peer_failed quote_mismatch rpc_bad_answer rpc_refused rpc_unreachable server_error timeout
        unauthorised unreachable vm_failed
    """,
    FailureClass.EXPIRED_BLOCKHASH: "blockhash_expired",
    FailureClass.RATE_LIMIT: "model_quota model_rate_limited rate_limited",
    FailureClass.SLIPPAGE: "exact_out_amount_not_matched slippage_exceeded slippage_tolerance_exceeded",
    FailureClass.INSUFFICIENT_LIQUIDITY: """
        could_not_find_any_route cpi_to_liquidity_failed failed_to_get_swap_and_account_metas insufficient_liquidity
        no_routes_found user_supply_position_required
    """,
    FailureClass.INSUFFICIENT_FUNDS: "insufficient_funds insufficient_lamports insufficient_tokens nothing_spendable",
    FailureClass.AGENT_GAVE_UP: """
        agent_error cassette_exhausted cassette_mismatch client_left limit_cost limit_tokens limit_tool_calls
        limit_turns model_content_blocked model_context_exceeded model_declined model_empty_reply model_reply_cut_off
        no_reference refusal_missing refused reply_cut_off tool_failed unclear_request unsafe_request unsupported
    """,
    FailureClass.TIMEOUT: "limit_timeout",
    FailureClass.REJECTED_BY_PROGRAM: """
        amount_too_large amount_too_small bad_arguments bad_data below_rent cannot_compile
        circular_arbitrage_is_disabled foreign_signer foreign_wallet inactive_lookup_table invalid_address
        invalid_amount
        invalid_compute_unit_price_and_prioritization_fee invalid_recipient invalid_transaction lasting_authority
        market_not_found max_account_greater_than_max missing_signature negative no_market no_maximum no_vault
        not_a_number not_an_asset not_supported program_error program_not_allowed rent request_declined same_mint
        short_delivery step_over token_not_tradable too_large too_precise unexpected_instructions unknown_address
        unknown_decimals unknown_lookup_table unknown_pool unknown_position unknown_price unknown_program unknown_signer
        unknown_step unknown_token unknown_tool unsupported_asset unsupported_token unusable_account use_sol_transfer
        vault_out_of_order zero_amount

        bonding_curve_already_completed empty_route incorrect_token_program_id invalid_authority invalid_calculation
        invalid_fee_wallet invalid_input_index invalid_mint invalid_output_index invalid_output_token_account
        invalid_program_authority invalid_referral_authority invalid_route_plan invalid_slippage invalid_token_account
        invalid_token_ledger ledger_token_account_does_not_match missing_platform_fee_account
        non_zero_minimum_out_amount_not_supported not_enough_account_keys not_enough_percent
        source_and_destination_mint_cannot_be_the_same swap_not_supported token_program_not_provided

        account_did_not_deserialize account_discriminator_mismatch account_not_enough_keys account_not_signer
        account_owned_by_wrong_program constraint_address constraint_has_one constraint_mint_token_program
        constraint_mut constraint_seeds constraint_token_mint constraint_token_owner constraint_token_token_program
        deposit_insignificant instruction_did_not_deserialize instruction_fallback_not_found instruction_missing
        invalid_params invalid_program_id liquidity_exchange_price_unexpected max_amount min_amount_out
    """,
}

_CLASS_OF = {code: failure_class for failure_class, codes in _CODES.items() for code in codes.split()}

_PERMANENT_CLASSES = frozenset({FailureClass.INSUFFICIENT_FUNDS, FailureClass.REJECTED_BY_PROGRAM})

# Pools and vaults move between a quote and its execution, and a fresh quote fits them again.
_PASSING = frozenset({"invalid_calculation", "invalid_route_plan", "vault_out_of_order"})

_PERMANENT = frozenset(
    [
        "cassette_exhausted",
        "cassette_mismatch",
        "fate_unknown",
        "forbidden",
        "limit_cost",
        "limit_tokens",
        "model_auth",
        "model_bad_request",
        "model_content_blocked",
        "model_context_exceeded",
        "model_quota",
        "model_unknown",
        "network_denied",
        "no_reference",
        "refusal_missing",
        "refused",
        "unauthorised",
        "unclear_request",
        "unsafe_request",
        "unsupported",
    ]
)


def classify(code: str) -> FailureClass:
    """Return what kind of failure ``code`` stands for; ``UNKNOWN`` for a code that nobody here produces."""
    return _CLASS_OF.get(code, FailureClass.UNKNOWN)


def is_known(code: str) -> bool:
    """Tell whether ``code`` has a class of its own."""
    return code in _CLASS_OF


def is_permanent(failure: StepFailure) -> bool:
    """Tell whether doing the same again is bound to end the same."""
    if failure.code in _PERMANENT:
        return True
    return failure.failure_class in _PERMANENT_CLASSES and failure.code not in _PASSING
