import jsonschema
import pytest

from reev_tools.jupiter import JupiterServiceError
from reev_types.tools import Concluded, Refused


async def test_the_tools_on_offer_stand_in_order_and_have_valid_schemas(town):
    specs = town.tools.specs()
    assert [spec.name for spec in specs] == [
        "answer",
        "get_account_balance",
        "get_lend_earn_tokens",
        "get_position_info",
        "jupiter_earn",
        "jupiter_lend_earn_deposit",
        "jupiter_lend_earn_mint",
        "jupiter_lend_earn_redeem",
        "jupiter_lend_earn_withdraw",
        "jupiter_swap",
        "refuse",
        "sol_transfer",
        "spl_transfer",
    ]
    for spec in specs:
        jsonschema.Draft202012Validator.check_schema(spec.parameters)
        assert all("description" in field for field in spec.parameters["properties"].values())


async def test_reading_and_talking_move_no_funds(town):
    assert [spec.name for spec in town.tools.specs() if not spec.moves_funds] == [
        "answer",
        "get_account_balance",
        "get_lend_earn_tokens",
        "get_position_info",
        "jupiter_earn",
        "refuse",
    ]


MARKET_CALLS = {
    "get_lend_earn_tokens": {},
    "get_position_info": {"position": "USDC"},
    "jupiter_earn": {},
    "jupiter_lend_earn_deposit": {"asset_mint": "USDC", "amount": "1"},
    "jupiter_lend_earn_mint": {"asset": "USDC", "shares": "1"},
    "jupiter_lend_earn_redeem": {"asset": "USDC", "shares": "1"},
    "jupiter_lend_earn_withdraw": {"asset_mint": "USDC", "amount": "1"},
    "jupiter_swap": {"input_mint": "SOL", "output_mint": "USDC", "amount": "0.1"},
}


@pytest.mark.parametrize("tool", MARKET_CALLS)
async def test_without_a_market_nothing_is_swapped_or_lent(town, tool):
    result = await town.call(tool, **MARKET_CALLS[tool])
    assert isinstance(result, Refused)
    assert result.code == "no_market"


class Breakdown:
    """A Jupiter that is out of order."""

    def __getattr__(self, name):
        async def fail(*arguments):
            raise JupiterServiceError(
                "rate_limited", "too many requests", suggestions=("wait a minute",), context={"retry_after_ms": 60_000}
            )

        return fail


@pytest.mark.parametrize("tool", MARKET_CALLS)
async def test_a_breakdown_of_jupiter_is_a_refusal_because_nothing_was_sent(town, tool):
    result = await town.with_jupiter(Breakdown()).call(tool, **MARKET_CALLS[tool])
    assert result == Refused(
        code="rate_limited", message="too many requests", suggestions=("wait a minute",), retry_after_ms=60_000
    )


async def test_an_unknown_tool_is_refused_with_the_closest_name(town):
    result = await town.call("sol_transfers")
    assert isinstance(result, Refused)
    assert (result.code, result.suggestions) == ("unknown_tool", ("did you mean sol_transfer?",))


async def test_a_tool_unlike_any_other_is_refused_with_the_list(town):
    result = await town.call("zzz")
    assert isinstance(result, Refused)
    assert result.suggestions[0].startswith("the tools are answer, ")


async def test_bad_arguments_name_the_field_and_never_echo_its_value(town):
    result = await town.call("sol_transfer", recipient=["SECRET"], amount="1")
    assert isinstance(result, Refused)
    assert result.message.startswith("sol_transfer: recipient: ")
    assert "SECRET" not in result.message


async def test_an_answer_concludes(town):
    assert await town.call("answer", text="42") == Concluded(by="answer", text="42")


async def test_a_refusal_concludes_with_its_code(town):
    result = await town.call("refuse", code="unsafe_request", reason="no")
    assert result == Concluded(by="refuse", code="unsafe_request", text="no")


@pytest.mark.parametrize("code", ["", "because", None])
async def test_a_refusal_needs_a_known_code(town, code):
    assert isinstance(await town.call("refuse", code=code), Refused)
