import pytest
from rich.tree import Tree

from reev_runner.report._calls import add_call
from reev_runner.report._names import Names
from reev_runner.report._style import Detail
from reev_runner.report._trace import Call
from reev_types.events import ToolCalled
from reev_types.tools import Concluded, Observed, Refused

STRANGER = "J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCpm"


def lines(call):
    tree = Tree("")
    add_call(tree, call, Names(), Detail.FULL)
    (node,) = tree.children
    return [node.label.plain, *(child.label.plain for child in node.children)]


def called(tool, **arguments):
    return ToolCalled(step_id="s", call_id="c", tool=tool, arguments=arguments)


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        (called("sol_transfer", amount_raw=5), "sol_transfer(amount_raw=5 (0.000000005 SOL))"),
        (
            called("spl_transfer", token="USDC", amount_raw=15_000_000),
            "spl_transfer(token=USDC, amount_raw=15000000 (15 USDC))",
        ),
        (called("spl_transfer", token="no such", amount_raw=1), "spl_transfer(token=no such, amount_raw=1)"),
        (called("mystery", amount_raw=1), "mystery(amount_raw=1)"),
        (called("sol_transfer", amount_raw="lots"), "sol_transfer(amount_raw=lots)"),
    ],
)
def test_raw_amounts_are_shown_in_units_where_the_token_is_known(call, shown):
    assert lines(Call(call))[0] == shown


def test_a_refusal_of_the_tool_is_shown_with_its_way_out():
    result = Refused(code="invalid_recipient", message=f"{STRANGER} is no wallet", suggestions=("check it",))
    assert lines(Call(called("sol_transfer"), result=result))[1] == (
        "refused J1to…GCpm is no wallet (invalid_recipient) → check it"
    )


def test_what_was_read_is_shown_shortened():
    text = lines(Call(called("get_account_balance"), result=Observed(data={"tokens": ["x" * 500]})))[1]
    assert text.startswith('read {"tokens": ["xxx')
    assert len(text) < 320


def test_a_conclusion_is_shown_with_its_text():
    assert lines(Call(called("answer"), result=Concluded(by="answer", text="42")))[1] == "answer 42"


def test_a_call_that_never_returned_says_so():
    assert lines(Call(called("sol_transfer")))[1] == "the tool did not return"


def test_transactions_that_the_agent_supplied_itself_have_no_tool():
    assert lines(Call(result=Observed(data={})))[0] == "instructions of the agent's own"
