import pytest

from reev_agent.testing import StubServer


def test_a_server_that_is_not_running_has_no_address():
    with pytest.raises(RuntimeError, match="async with"):
        StubServer([]).url  # noqa: B018 - reading it is the test
