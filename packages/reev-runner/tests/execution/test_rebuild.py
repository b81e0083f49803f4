"""A chain is rebuilt to what the journal says, down to the last bit of its state."""

import pytest

from reev_runner.execution._rebuild import rebuild
from reev_runner.execution._world import prepare_world
from reev_types.errors import StorageError
from reev_types.events import TransactionReturned
from reev_types.faults import Delay, LostReply, StaleBlockhash, VaultWithoutLiquidity
from reev_types.tokens import find_token


async def nobody(step_id):
    pass


@pytest.mark.parametrize(
    "faults",
    [
        (),
        (LostReply(until_s=3),),
        (Delay(seconds=5), LostReply(attempts=())),
        (StaleBlockhash(), VaultWithoutLiquidity(mint=find_token("USDC").mint, attempts=())),
    ],
    ids=["calm", "replies lost for a while", "late and lost", "decrees"],
)
async def test_a_rebuilt_chain_is_the_same_chain(flows, recoverable, sandbox, faults):
    case = recoverable(faults=faults)
    events = await flows.run(case)
    world = await prepare_world(case, sandbox, 0)
    rebuilt = await rebuild(world, events, nobody)
    assert await world.chain.state_hash() == await flows.opened[-1].state_hash()
    assert rebuilt.replayed == len(await flows.opened[-1].history())


async def test_submissions_have_their_instructions_again(flows, recoverable, sandbox):
    case = recoverable()
    rebuilt = await rebuild(await prepare_world(case, sandbox, 0), await flows.run(case), nobody)
    assert [len(submission.instructions) for submission in rebuilt.submissions] == [1, 1]


@pytest.mark.parametrize("exactly", [True, False])
async def test_a_chain_that_does_something_else_is_told_of_where_that_matters(flows, recoverable, sandbox, exactly):
    case = recoverable()
    events = [
        event.model_copy(update={"outcome": event.outcome.model_copy(update={"slot": 1})})
        if isinstance(event, TransactionReturned)
        else event
        for event in await flows.run(case)
    ]
    world = await prepare_world(case, sandbox, 0)
    if not exactly:
        assert (await rebuild(world, events, nobody, exactly=False)).replayed == 2
        return
    with pytest.raises(StorageError, match="says something else than the chain does"):
        await rebuild(world, events, nobody)
