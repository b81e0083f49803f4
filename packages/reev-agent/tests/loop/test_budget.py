from reev_agent.loop._budget import Budget
from reev_agent.testing import SteppedClock
from reev_types.agents import AgentLimits, LimitReached


async def test_no_turn_begins_after_the_time_is_up():
    clock = SteppedClock()
    budget = Budget(AgentLimits(timeout_s=5), clock)
    assert budget.begin_turn() == 1
    await clock.sleep(5)
    assert budget.begin_turn() == LimitReached(which="timeout")
