from reev_orchestrator.rendering._situation import SITUATION_NAMES, decimals_of, situation
from reev_types.addresses import encode_base58
from reev_types.contexts import PreviousResult, TokenBalance
from reev_types.tokens import find_token

STRANGER = "Stranger11111111111111111111111111111111111"
USDC = find_token("USDC").mint


def test_the_names_are_those_that_templates_may_use(context):
    assert situation("x", context()).keys() == SITUATION_NAMES


def test_an_account_counts_as_named_only_by_its_whole_name(context, wallet):
    accounts = {"USER": wallet().owner, "USER_USDC_ATA": wallet().owner}
    named = situation("move USER_USDC_ATA.", context(accounts=accounts))["accounts"]
    assert [name for name, _ in named] == ["USER_USDC_ATA"]


def test_only_the_latest_results_are_listed(context):
    results = tuple(PreviousResult(step_id=f"step_{number}", success=True, summary="") for number in range(100))
    progress = situation("x", context(total=101, results=results))["progress"]
    assert [row.step_id for row in progress.results] == [f"step_{number}" for number in range(88, 100)]
    assert progress.left_out == 88


def test_gains_are_bounded_and_losses_are_not_gains(context):
    many = {encode_base58(bytes([1, *[0] * 30, number])): 1 for number in range(50)}
    results = (
        PreviousResult(step_id="a", success=True, summary="", produced_raw=many),
        PreviousResult(step_id="b", success=True, summary="", produced_raw={USDC: -5, STRANGER: 7}),
    )
    rows = situation("x", context(total=3, results=results))["progress"].results
    assert len(rows[0].gains) == 6
    assert [(gain.symbol, gain.raw, gain.ui) for gain in rows[1].gains] == [("Stra…1111", 7, None)]


def test_decimals_come_from_the_registry_or_the_wallet(context, wallet):
    held = TokenBalance(mint=STRANGER, balance=1, decimals=3)
    rich = wallet().model_copy(update={"token_balances": {STRANGER: held}})
    assert (decimals_of(USDC, context()), decimals_of(STRANGER, context(rich)), decimals_of(STRANGER, context())) == (
        6,
        3,
        None,
    )
