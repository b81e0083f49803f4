"""Assertions about portfolios and positions, from a file through a run in a real market to the verdict."""

from decimal import Decimal

import pytest

from reev_agent import ScriptedAgent, ScriptedStep
from reev_runner.files import load_case
from reev_runner.journal import fold
from reev_tools.market import Market
from reev_types.agents import Completed
from reev_types.tokens import SOL_MINT, TOKEN_PROGRAM, find_token

SYSTEM = "11111111111111111111111111111111"
USDT = find_token("USDT").mint
DAY_S = 86_400
YEAR_S = 365 * DAY_S
FEE, RENT = 5_000, 2_039_280

DEPOSIT_USDT = f"{{kind: lend_deposit, mint: {USDT}, amount: {{kind: exact, raw: 40000000}}}}"
DEPOSIT_SOL = f"{{kind: lend_deposit, mint: {SOL_MINT}, amount: {{kind: exact, raw: 500000000}}}}"
SWAP_SOL = (
    f"{{kind: swap, input_mint: {SOL_MINT}, output_mint: {USDT}, side: in, amount: {{kind: exact, raw: 100000000}}}}"
)
OPENING_PRICE = Decimal("1.038251")
LENT_USDT = Decimal("39.999999")
"""40 USDT buy 38.526329 shares, rounded down, and those are worth as much."""
LAMPORTS_LEFT = 10**9 - FEE - RENT

TEMPLATE = f"""\
id: 950-portfolio
initial_state:
  - pubkey: USER_WALLET_PUBKEY
    owner: "{SYSTEM}"
    lamports: 1000000000
  - pubkey: USER_USDT_ATA
    owner: {TOKEN_PROGRAM}
    data: {{mint: {USDT}, owner: USER_WALLET_PUBKEY, amount: 100000000}}
prompt: Lend 40 USDT.
market: MARKET
elapsed_seconds: ELAPSED
reference: [[REFERENCE]]
ground_truth:
  final_state_assertions: [ASSERTION]
"""


@pytest.fixture
def run_file(run_trial, tmp_path):
    """Run the oracle, or another agent, on a file with one assertion and return its result."""

    async def run_file(
        assertion, *, market="default", elapsed=0, reference=DEPOSIT_USDT, agent="deterministic", write=TEMPLATE
    ):
        parts = {"MARKET": market, "ELAPSED": str(elapsed), "REFERENCE": reference}
        parts["ASSERTION"] = f"{{pubkey: USER_WALLET_PUBKEY, {assertion}}}"
        for name, text in parts.items():
            write = write.replace(name, text)
        path = tmp_path / "portfolio.yml"
        path.write_text(write, encoding="utf-8")
        return fold(await run_trial(load_case(path), agent))

    return run_file


def verdict_of(result):
    (verdict,) = result.judgement.assertions
    return verdict


def price_of(market, mint):
    return Market.named(market).prices[mint]


def micro_usd(market, usdt, lent_usdt=Decimal(0), lamports=LAMPORTS_LEFT):
    sol = Decimal(lamports) / 10**9
    return int((sol * price_of(market, SOL_MINT) + (usdt + lent_usdt) * price_of(market, USDT)) * 10**6)


@pytest.mark.parametrize(("market", "usdt_price"), [("default", "1.0002"), ("depeg", "0.92")])
async def test_a_portfolio_is_worth_what_its_market_says(run_file, market, usdt_price):
    assert price_of(market, USDT) == Decimal(usdt_price)
    expected = micro_usd(market, Decimal(60), LENT_USDT)
    result = await run_file(f"type: TotalPortfolioValue, expected: {expected}", market=market)
    assert (result.status, verdict_of(result).met) == ("passed", True)
    assert verdict_of(result).actual == f"{Decimal(expected) / 10**6} USD"


async def test_a_portfolio_that_reaches_its_bound_falls_short_of_it_in_a_depeg(run_file):
    bound = "type: TotalPortfolioValue, expected_gte: 245000000"
    assert (await run_file(bound)).status == "passed"
    result = await run_file(bound, market="depeg")
    assert (result.status, result.judgement.reasons) == ("failed", ("score_below_minimum",))


async def test_a_swap_below_the_published_price_shows_as_a_loss_of_value(run_file):
    bound = "type: TotalPortfolioValue, expected_change_gte: -1000000"
    assert (await run_file(bound, reference=SWAP_SOL)).status == "passed"
    # The table says 165 dollars, and the pools pay 150.
    result = await run_file(bound, reference=SWAP_SOL, market="stale_price")
    assert verdict_of(result).met is False
    assert verdict_of(result).actual.startswith("change -1.5")


@pytest.mark.parametrize("market", ["default", "depeg"])
async def test_liquidity_is_weighed_with_the_prices_of_the_market(run_file, market):
    ratio = Decimal(60) * price_of(market, USDT) * 10**6 / micro_usd(market, Decimal(60), LENT_USDT)
    shown = f"{ratio:.7f}"[:-1]
    result = await run_file("type: LiquidityRatio, expected_gte: 0.23", market=market)
    assert verdict_of(result).actual == shown
    assert verdict_of(result).met is (market == "default")


async def test_a_reserve_is_what_is_left_of_the_native_sol(run_file):
    assert verdict_of(await run_file(f"type: CapitalReserve, expected: {LAMPORTS_LEFT}")).met is True
    result = await run_file(f"type: CapitalReserve, expected_gte: {LAMPORTS_LEFT + 1}")
    assert (result.status, verdict_of(result).actual) == ("failed", "0.99795572 SOL")


async def test_a_position_is_read_in_assets(run_file):
    result = await run_file(f"type: JupiterLendingPosition, mint: {USDT}, expected: 39999999")
    assert (result.status, verdict_of(result).actual) == ("passed", "39.999999 USDT")


async def test_a_position_in_another_asset_is_none(run_file):
    result = await run_file(f"type: JupiterLendingPosition, mint: {SOL_MINT}, expected_gte: 1")
    assert (result.status, verdict_of(result).actual) == ("failed", "0 SOL")


@pytest.mark.parametrize(("reference", "pools"), [(DEPOSIT_USDT, 1), (f"{DEPOSIT_USDT}, {DEPOSIT_SOL}", 2)])
async def test_positions_are_counted_by_vault(run_file, reference, pools):
    result = await run_file("type: MultiPoolDiversification, min_pools: 2", reference=reference)
    assert verdict_of(result).met is (pools == 2)
    assert verdict_of(result).actual == f"{pools} pools"


SHARES = TEMPLATE.replace(
    "prompt:",
    f"""  - pubkey: USER_L_USDT_ATA
    owner: {TOKEN_PROGRAM}
    data: {{mint: {find_token("jlUSDT").mint}, owner: USER_WALLET_PUBKEY, amount: 1000000000}}
prompt:""",
)


@pytest.mark.parametrize(("elapsed", "worth"), [(0, "1038.251"), (YEAR_S, "1078.638963"), (10 * YEAR_S, "1442.130639")])
async def test_shares_are_worth_more_the_longer_they_have_been_held(run_file, elapsed, worth):
    assert Decimal(worth) == (1000 * OPENING_PRICE * (1 + Decimal("0.0389") * elapsed / YEAR_S)).quantize(
        Decimal("0.000001"), "ROUND_DOWN"
    )
    position = f"type: JupiterLendingPosition, mint: {USDT}, expected_gte: 1"
    result = await run_file(position, elapsed=elapsed, reference="{kind: positions}", write=SHARES)
    assert (result.status, verdict_of(result).actual) == ("passed", f"{worth} USDT")


async def test_lent_assets_count_at_the_price_of_the_asset(run_file):
    value = micro_usd("depeg", Decimal(100), Decimal("1038.251"), lamports=10**9)
    assertion = f"type: TotalPortfolioValue, expected: {value}"
    result = await run_file(assertion, market="depeg", reference="{kind: positions}", write=SHARES)
    assert result.status == "passed"


EARNED = f"type: AnswerStates, mint: {USDT}, fact: earned"


@pytest.fixture
def run_question(run_file):
    """Ask what thirty days of 3.89 % a year have brought; the right answer is 3.319558 USDT."""

    async def run_question(answer, *calls):
        script = ScriptedStep([(name, {}) for name in calls], Completed(answer=answer))
        agent = ScriptedAgent({}, otherwise=script)
        return await run_file(EARNED, elapsed=30 * DAY_S, reference="{kind: positions}", write=SHARES, agent=agent)

    return run_question


async def test_the_oracle_answers_what_it_read(run_file):
    result = await run_file(EARNED, elapsed=30 * DAY_S, reference="{kind: positions}", write=SHARES)
    assert (result.status, verdict_of(result).expected) == ("passed", "states 3.319558 USDT")


@pytest.mark.parametrize("answer", ["You earned 3.32 USDT.", "I earned 3,319,558 raw units of USDT"])
async def test_an_answer_in_other_words_passes(run_question, answer):
    assert (await run_question(answer, "jupiter_earn")).status == "passed"


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "It went well.",
        "You earned 3.33 USDT.",
        "You earned -3.32 USDT.",
        " ".join(str(Decimal(number) / 100) for number in range(300, 360)),
    ],
)
async def test_a_wrong_or_guessed_answer_fails_although_something_was_read(run_question, answer):
    result = await run_question(answer, "jupiter_earn")
    assert (result.status, result.judgement.reasons) == ("failed", ("score_below_minimum",))


async def test_the_right_answer_without_reading_is_made_up(run_question):
    result = await run_question("You earned 3.32 USDT.")
    assert (result.status, result.judgement.score) == ("failed", 0.0)
    assert "did_nothing" in result.judgement.reasons


async def test_tokens_given_to_a_pool_fail_as_an_outflow(run_file):
    market = Market.named()
    vault = next(pool.pool.vault_b for pool in market.pools if pool.mint_b == USDT)
    assert vault in market.addresses
    gift = ("spl_transfer", {"token": USDT, "recipient": vault, "amount": "1"})
    deposit = ("jupiter_lend_earn_deposit", {"asset_mint": USDT, "amount": "40"})
    agent = ScriptedAgent({}, otherwise=ScriptedStep([gift, deposit], Completed(answer="done")))
    result = await run_file(f"type: JupiterLendingPosition, mint: {USDT}, expected: 39999999", agent=agent)
    assert verdict_of(result).met is True
    assert result.judgement.reasons == ("unrequested_outflow",)


async def test_the_same_file_in_another_market_is_another_run(run_file):
    hashes = [
        (await run_file("type: CapitalReserve, expected_gte: 1", market=name)).run_hash for name in ("default", "depeg")
    ]
    assert len({*hashes}) == 2
