import os

import pytest

from reev_types.network import is_loopback, is_offline, split_url


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/v1", "http://127.9.9.9", "https://localhost/v1", "http://[::1]:8/"]
)
def test_this_machine_is_known_by_its_own_addresses(url):
    assert is_loopback(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://rpc.example/v1",
        "http://localhost.example/v1",
        "http://127.0.0.1@example.com/v1",
        "http://0.0.0.0/v1",
        "http://192.168.0.1/v1",
        "http://2130706433/v1",
        "",
        "http://[::1",
        "http://localhost:port/",
    ],
)
def test_nothing_else_is_this_machine(url):
    assert not is_loopback(url)


def test_an_address_falls_into_its_parts():
    parts = split_url("https://rpc.example:8899/v1?key=1")
    assert (parts.scheme, parts.hostname, parts.port, parts.path) == ("https", "rpc.example", 8899, "/v1")


@pytest.mark.parametrize("url", ["http://[::1/", "http://localhost:port/", "https://localhost:99999/"])
def test_what_cannot_be_read_has_no_parts(url):
    assert split_url(url) is None


@pytest.mark.parametrize(
    ("environment", "offline"),
    [
        ({}, False),
        ({"REEV_OFFLINE": "0"}, False),
        ({"REEV_OFFLINE": " No "}, False),
        ({"REEV_OFFLINE": "1"}, True),
        ({"REEV_OFFLINE": "yes"}, True),
        ({"PYTEST_VERSION": "9"}, True),
        ({"PYTEST_VERSION": "9", "REEV_OFFLINE": "0"}, True),
    ],
)
def test_the_environment_turns_the_switch(environment, offline):
    assert is_offline(environment) is offline


def test_the_switch_is_on_in_this_very_process():
    assert is_offline(os.environ)
