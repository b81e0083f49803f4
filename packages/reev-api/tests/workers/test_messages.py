from __future__ import annotations

import pytest
from pydantic import ValidationError

from reev_api._problems import ProblemError
from reev_api.workers import BenchmarkOrder, FlowOrder, FlowTermsOrder
from reev_api.workers._messages import (
    Answered,
    Cancel,
    Ended,
    Failed,
    Happened,
    LandedTransaction,
    Planned,
    Ready,
    Start,
    Stopped,
    line_of,
    read_command,
    read_report,
)
from reev_types.recovery import Answer, RecoveryConfig

TERMS = FlowTermsOrder(agent="refuses", seed=2**64 - 1, recovery=RecoveryConfig())
COMMANDS = [
    Start(session_id="s", order=FlowOrder(prompt="a\nb 🦀", wallet="demo:balanced", terms=TERMS)),
    Start(session_id="s", order=BenchmarkOrder(benchmark_id="001", terms=TERMS)),
    Cancel(session_id="s"),
    Answered(session_id="s", question_id="q", answer=Answer(choice="skip")),
]
REPORTS = [
    Ready(),
    Planned(session_id="s", flow_id="f", plan="{}"),
    Happened(session_id="s", seq=0, type="t", data='{"a":"\\n"}'),
    Ended(session_id="s", events=1, outcome=None, result=None),
    Failed(session_id="s", events=1, problem=ProblemError(503, "interrupted", "x").problem),
    Stopped(session_id="s", events=1, landed=(LandedTransaction(step_id="1", signature="x", succeeded=True),)),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_one_line_that_is_read_back(command):
    line = line_of(command)
    assert line.count(b"\n") == 1
    assert read_command(line) == command


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_one_line_that_is_read_back(report):
    line = line_of(report)
    assert line.count(b"\n") == 1
    assert read_report(line) == report


@pytest.mark.parametrize("line", [b"{}", b'{"kind":"ready"}', b'{"kind":"cancel","session_id":"s","more":1}'])
def test_what_is_no_command_is_refused(line):
    with pytest.raises(ValidationError):
        read_command(line)
