"""What the attempts of a step have done is known to the next ones, call by call."""

import pytest

from reev_runner.execution._memory import DoneCall, StepMemory, change_in_words
from reev_tools.chain import EmbeddedChain, Keyring
from reev_tools.programs import transfer_lamports
from reev_types.chain import TransactionOutcome
from reev_types.tools import BalanceChange, Executed, Failed, ToolCall

ME, OTHER = "11111111111111111111111111111112", "11111111111111111111111111111113"
LOSS = BalanceChange(owner=ME, mint=ME, symbol="T", before_raw=9, after_raw=4, change_raw=-5, change="-5")
GAIN = LOSS.model_copy(update={"owner": OTHER, "before_raw": 0, "after_raw": 5, "change_raw": 5, "change": "5"})
EXECUTED = Executed(signature="s", fee_lamports=5_000, balance_changes=(LOSS, GAIN))


def pay(amount="0.1", call_id="1", tool="sol_transfer", **more):
    return ToolCall(call_id=call_id, tool=tool, arguments={"recipient": OTHER, "amount": amount, **more})


def done(call, part_id="step_1", result=EXECUTED):
    outcome = TransactionOutcome(signature="s", slot=1, landed=True, fee_lamports=5_000)
    return DoneCall(call, part_id, outcome, result, EXECUTED.balance_changes)


def remembering(*calls, part_id="step_1"):
    memory = StepMemory(calls)
    memory.begin_attempt(part_id)
    return memory


def test_an_equal_call_of_an_earlier_attempt_counts_once():
    memory = remembering(done(pay()))
    assert memory.claim(pay(call_id="2")) == EXECUTED
    assert memory.claim(pay(call_id="3")) is None


def test_two_equal_calls_that_have_landed_count_twice():
    memory = remembering(done(pay()), done(pay(call_id="2")))
    assert [memory.claim(pay()) for _ in range(3)] == [EXECUTED, EXECUTED, None]


def test_an_equal_call_of_the_same_attempt_is_another_one():
    memory = remembering()
    memory.add(done(pay()))
    assert memory.claim(pay()) is None


def test_an_equal_call_for_another_part_of_the_step_is_another_one():
    memory = remembering(done(pay(), part_id="step_1_part_1"), part_id="step_1_part_2")
    assert memory.claim(pay()) is None


@pytest.mark.parametrize(
    ("again", "is_equal"),
    [
        (pay(tool="sol_tool"), True),
        (pay(memo=None), True),
        (pay(amount="0.2"), False),
        (pay(tool="spl_transfer"), False),
    ],
    ids=["another name of the tool", "null", "another amount", "another tool"],
)
def test_calls_are_equal_when_they_ask_for_the_same(again, is_equal):
    assert (remembering(done(pay())).claim(again) is not None) == is_equal


def test_the_agent_is_told_what_the_call_did_to_its_wallet():
    (told,) = remembering(done(pay())).landed(ME)
    assert (told.call_id, told.tool, told.signature, told.summary) == ("1", "sol_transfer", "s", "-5 T")


def test_changes_are_those_of_the_wallet():
    assert remembering(done(pay())).changes(OTHER) == (GAIN,)
    assert change_in_words([]) == ""


@pytest.mark.parametrize("said", [None, Failed(code="short_delivery", message="", signature="s", fee_lamports=5_000)])
async def test_what_a_tool_did_not_say_is_told_by_its_transaction(vm, said):
    keys = Keyring(0, "memory")
    payer, other = keys.address("A"), keys.address("B")
    chain = EmbeddedChain(vm, keys)
    await chain.set_lamports(payer, 10**9)
    sent = await chain.prepare([transfer_lamports(payer, other, 10**8)], payer=payer)
    memory = StepMemory([DoneCall(pay(), "step_1", await chain.submit(sent), said)])
    for _ in range(2):
        await memory.complete(chain)
    assert [(change.symbol, change.change) for change in memory.changes(payer)] == [("SOL", "-0.100005")]
    memory.begin_attempt("step_1")
    assert memory.claim(pay()) == said or isinstance(memory.claim(pay()), Executed | None)
