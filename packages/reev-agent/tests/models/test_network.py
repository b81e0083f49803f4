import os

import pytest

from reev_agent.models import ModelError, NetworkPolicy


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/v1", "http://127.9.9.9", "https://localhost/v1", "http://[::1]:8/"]
)
def test_this_machine_may_always_be_asked(url):
    NetworkPolicy.LOOPBACK_ONLY.check(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.openai.com/v1",
        "http://localhost.example/v1",
        "http://127.0.0.1@example.com/v1",
        "http://0.0.0.0/v1",
        "http://192.168.0.1/v1",
        "http://2130706433/v1",
        "",
    ],
)
def test_nothing_else_may_be_asked_when_the_switch_is_on(url):
    with pytest.raises(ModelError, match="network_denied"):
        NetworkPolicy.LOOPBACK_ONLY.check(url)
    NetworkPolicy.OPEN.check(url)


@pytest.mark.parametrize(
    ("environment", "policy"),
    [
        ({}, NetworkPolicy.OPEN),
        ({"REEV_OFFLINE": "0"}, NetworkPolicy.OPEN),
        ({"REEV_OFFLINE": "no"}, NetworkPolicy.OPEN),
        ({"REEV_OFFLINE": "1"}, NetworkPolicy.LOOPBACK_ONLY),
        ({"REEV_OFFLINE": "yes"}, NetworkPolicy.LOOPBACK_ONLY),
        ({"PYTEST_VERSION": "9"}, NetworkPolicy.LOOPBACK_ONLY),
        ({"PYTEST_VERSION": "9", "REEV_OFFLINE": "0"}, NetworkPolicy.LOOPBACK_ONLY),
    ],
)
def test_the_environment_turns_the_switch(environment, policy):
    assert NetworkPolicy.from_environment(environment) is policy


def test_the_switch_is_on_in_this_very_process():
    assert NetworkPolicy.from_environment(os.environ) is NetworkPolicy.LOOPBACK_ONLY
