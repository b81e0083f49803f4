from decimal import Decimal

from reev_orchestrator.planning import Quote


class Halving:
    """Quotes half of what the prices say, and nothing for USDT."""

    def quote(self, input_mint, output_mint, side, amount_raw):
        if output_mint.startswith("Es9v"):
            return None
        return Quote(amount_raw, amount_raw * 150 // 2_000)


def test_a_goal_in_reach_is_met_without_a_warning(planned):
    plan = planned("use 50% sol to 1.5x usdc")
    (goal,) = plan.goals
    assert (goal.target_raw, goal.projected_raw, goal.met) == (300_000_000, 500_000_000, True)
    assert (goal.multiple, goal.projected_multiple) == (Decimal("1.5"), Decimal("2.5"))
    assert plan.warnings == ()


def test_an_unmet_goal_says_what_is_reached_and_what_could_be(planned):
    plan = planned("use 10% of my SOL to triple my USDC")
    (goal,) = plan.goals
    assert (goal.met, goal.projected_multiple, goal.best_multiple) == (False, Decimal("1.3"), Decimal("3.99"))
    assert plan.warnings == (
        "3x USDC is not reached: 260 USDC is projected, which is 1.30x; spending everything would reach 3.99x",
    )


def test_a_goal_never_changes_the_amount(planned):
    plain, aimed = planned("swap 10% of my SOL to USDC"), planned("use 10% sol to 100x usdc")
    assert plain.steps[0].resolved_amount == aimed.steps[0].resolved_amount == 400_000_000


def test_an_empty_holding_has_no_multiple(planned, wallet):
    plan = planned("use 50% sol to 1.5x usdc", wallet())
    assert plan.goals == ()
    assert plan.warnings == ("the wallet holds no USDC, so 1.5x of it is no goal",)


def test_without_quote_and_price_nothing_is_projected(planned, wallet):
    plan = planned("use 50% sol to 1.5x usdc", wallet(prices={}, USDC=10))
    assert (plan.goals[0].projected_raw, plan.goals[0].met) == (None, None)
    assert plan.warnings == (
        "swap_1: no quote or price is known for SOL to USDC; what comes of it is open",
        "no quote or price is known to project 1.5x USDC with",
    )


def test_quotes_are_preferred_to_prices(planned):
    assert planned("use 50% sol to 1.5x usdc", quotes=Halving()).goals[0].projected_raw == 350_000_000


def test_an_amount_that_only_the_chain_will_know_is_not_projected(planned):
    plan = planned("swap 1 SOL to USDT, then use the USDT from step 1 to 2x my USDC")
    assert plan.goals[0].projected_raw is None
