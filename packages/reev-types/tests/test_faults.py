import pytest
from pydantic import TypeAdapter, ValidationError

from reev_types.faults import Delay, Fault, LostReply


def test_a_fault_strikes_the_first_attempt_of_every_step_unless_it_says_otherwise():
    fault = TypeAdapter(Fault).validate_python({"kind": "lost_reply"})
    assert fault == LostReply(step=None, attempts=(1,), from_s=0, until_s=None)


@pytest.mark.parametrize(
    "document",
    [
        {"kind": "earthquake"},
        {"kind": "delay"},
        {"kind": "price_move", "bps": 5_001},
        {"kind": "lost_reply", "attempts": [0]},
    ],
)
def test_what_no_sandbox_can_do_is_no_fault(document):
    with pytest.raises(ValidationError):
        TypeAdapter(Fault).validate_python(document)


def test_a_delay_has_a_length():
    assert Delay(seconds=20).to_json()["seconds"] == 20
