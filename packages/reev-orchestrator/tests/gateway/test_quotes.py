from reev_orchestrator.gateway._quotes import planned_with


async def test_every_question_is_asked_once_however_often_the_planner_needs_it(make, wallet, rates):
    plan = await make(quotes=rates).plan("swap 1 SOL to USDC, then swap 1 SOL to USDC", wallet)
    assert len(plan.steps) == 2
    assert len(rates.asked) == 1


async def test_a_goal_asks_what_spending_everything_would_bring(make, wallet, rates):
    plan = await make(quotes=rates).plan("use 50% sol to 1.5x usdc", wallet)
    assert [amount for *_, amount in rates.asked] == [2_500_000_000, 4_990_000_000]
    assert plan.goals[0].best_multiple is not None


async def test_questions_that_follow_from_answers_are_asked_too(rates):
    def plan(quotes):
        first = quotes.quote("a", "b", "in", 1)
        return first and quotes.quote("b", "c", "in", first.output_raw)

    assert (await planned_with(rates, plan)).output_raw == 100
    assert rates.asked == [("a", "b", "in", 1), ("b", "c", "in", 10)]


async def test_a_planner_that_never_stops_asking_is_answered_a_few_times_only(rates):
    amounts = iter(range(1, 1_000))

    def plan(quotes):
        return quotes.quote("a", "b", "in", next(amounts))

    assert await planned_with(rates, plan) is None
    assert len(rates.asked) == 4


async def test_a_plan_without_exchanges_asks_nothing(make, wallet, rates):
    await make(quotes=rates).plan("show my balances", wallet)
    assert rates.asked == []
