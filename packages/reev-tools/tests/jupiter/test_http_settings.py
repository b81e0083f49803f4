import pytest
from pydantic import SecretStr

from reev_tools.jupiter.http import HttpJupiter, HttpSettings
from reev_types.errors import UsageError
from reev_types.testing import SteppedClock

KEY = "jup_0123456789abcdef"


def refused(**settings):
    with pytest.raises(UsageError) as caught:
        HttpSettings(**settings)
    return caught.value


def test_jupiter_itself_is_asked_unless_told_otherwise():
    assert HttpSettings().base_url == "https://api.jup.ag"


def test_the_rate_follows_from_having_a_key():
    assert HttpSettings().rate == 0.5
    assert HttpSettings(api_key=SecretStr(KEY)).rate == 1
    assert HttpSettings(api_key=SecretStr(KEY), requests_per_second=10).rate == 10


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.jup.ag",
        "ftp://api.jup.ag",
        "http://api.jup.ag",
        "https://",
        "https://api.jup.ag?x=1",
        "https://api.jup.ag#x",
        "https://host:99999",
        "https://[::1",
        "https://user:secret@api.jup.ag",
    ],
)
def test_a_base_url_that_cannot_be_meant_is_refused(url):
    error = refused(base_url=url)
    assert error.code == "bad_base_url"
    assert "secret" not in f"{error} {error.suggestions} {error.context}"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "http://localhost:1/prefix", "http://[::1]:2"])
def test_plain_http_reaches_this_machine(url):
    assert HttpSettings(base_url=url).is_loopback


@pytest.mark.parametrize("key", ["", "with space", "line\nbreak", "ключ-secret", "tab\tsecret"])
def test_a_key_that_no_header_can_carry_is_refused_without_showing_it(key):
    error = refused(api_key=SecretStr(key))
    assert error.code == "bad_api_key"
    assert not key or key not in f"{error} {error.suggestions} {error.context}"


@pytest.mark.parametrize(
    "limit",
    [
        {"requests_per_second": 0},
        {"requests_per_second": float("inf")},
        {"requests_per_second": float("nan")},
        {"timeout_seconds": 0},
        {"attempts": 0},
        {"max_response_bytes": -1},
        {"max_wait_seconds": -1},
    ],
)
def test_limits_that_allow_nothing_are_refused(limit):
    assert refused(**limit).code == "bad_limit"


def test_no_representation_shows_the_key():
    settings = HttpSettings(api_key=SecretStr(KEY))
    assert KEY not in f"{settings!r} {settings} {HttpJupiter(SteppedClock(), settings)!r}"
