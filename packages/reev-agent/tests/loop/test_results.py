import json

from hypothesis import given
from hypothesis import strategies as st

from reev_agent.loop._results import result_text
from reev_types.tools import Failed, Observed


def failed(logs):
    return Failed(code="program_error", message="no", signature="s", fee_lamports=5_000, logs=tuple(logs))


def test_a_result_is_told_whole():
    assert json.loads(result_text(Observed(data={"é": "1.5"}))) == {"status": "ok", "data": {"é": "1.5"}}


def test_of_long_logs_the_end_is_told():
    told = json.loads(result_text(failed(str(number) for number in range(100))))
    assert told["logs"] == ["…", *map(str, range(80, 100))]


@given(st.integers(0, 40), st.text('"\\\n\u2028\U0001f600a', min_size=1, max_size=20))
def test_a_result_is_bounded_json_whatever_it_holds(count, text):
    told = result_text(Observed(data={"tokens": [text * 200] * count}))
    assert len(told) <= 16_000
    assert json.loads(told)["status"] == "ok"
