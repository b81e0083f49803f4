from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.mocks import nobodys_address
from reev_orchestrator.mocks._addresses import _is_on_curve
from reev_types.addresses import decode_base58, is_address


@given(st.text(max_size=20))
def test_an_address_belongs_to_its_name(name):
    address = nobodys_address(name)
    assert is_address(address)
    assert address == nobodys_address(name) != nobodys_address(name, "other")
    assert _is_on_curve(decode_base58(address))


def test_known_points_are_told_from_known_others():
    base_point = (4 * pow(5, -1, 2**255 - 19) % (2**255 - 19)).to_bytes(32, "little")
    assert _is_on_curve(base_point)
    assert not _is_on_curve(bytes([2]) + bytes(31))
    assert not _is_on_curve(b"\xff" * 32)
