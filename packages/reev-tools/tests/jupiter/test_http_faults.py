import json
import traceback

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from reev_tools.jupiter import JupiterRefusalError, JupiterServiceError
from reev_tools.jupiter.http import HttpJupiter, HttpSettings
from reev_tools.jupiter.testing import Canned
from reev_types.errors import ReevError
from reev_types.testing import SteppedClock

KEY = "jup_0123456789abcdef"


async def raised(talk) -> ReevError:
    with pytest.raises((JupiterRefusalError, JupiterServiceError)) as caught:
        await talk.client.lend_tokens()
    return caught.value


def said(body: object, status: int = 400, **headers: str) -> Canned:
    return Canned(status, body if isinstance(body, bytes) else json.dumps(body).encode(), headers)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("NO_ROUTES_FOUND", "no_routes_found"),
        ("TOKEN_NOT_TRADABLE", "token_not_tradable"),
        ("CircularArbitrageIsDisabled", "circular_arbitrage_is_disabled"),
        ("marketNotFound", "market_not_found"),
    ],
)
async def test_an_error_code_becomes_the_code_of_a_refusal(converse, code, expected):
    async with converse(said({"error": "No routes found", "errorCode": code})) as talk:
        error = await raised(talk)
        assert isinstance(error, JupiterRefusalError)
        assert (error.code, error.message) == (expected, "Jupiter declines: No routes found")


@pytest.mark.parametrize("code", [None, "", 7, "has space", "x" * 65, ["A"], "ÄÖ", "1ST"])
async def test_a_refusal_without_a_code_is_one_all_the_same(converse, code):
    async with converse(said({"error": "signer must be a wallet", "errorCode": code})) as talk:
        error = await raised(talk)
        assert isinstance(error, JupiterRefusalError)
        assert error.code == "request_declined"
        assert "signer must be a wallet" in error.message


@pytest.mark.parametrize(
    "body",
    [
        {"error": "the reason"},
        {"message": "the reason"},
        {"errorMessage": "the reason"},
        {"error": None, "message": "the reason"},
        {"error": 1, "message": "the reason"},
        {"error": "  ", "errorMessage": "the reason"},
        {"error": {"message": "the reason"}},
        b"the reason",
        b"<html>\n<b>the reason</b>",
        ["the reason"],
        b'{"error": "the reason',
    ],
)
async def test_the_reason_is_found_wherever_it_stands(converse, body):
    async with converse(said(body, 403)) as talk:
        assert "the reason" in (await raised(talk)).message


@pytest.mark.parametrize(
    ("status", "code"), [(401, "unauthorised"), (403, "forbidden"), (500, "server_error"), (404, "bad_response")]
)
async def test_a_page_that_is_no_answer_of_the_api_is_a_failure_of_the_service(converse, status, code):
    async with converse(said(b"<html>nothing here</html>", status), attempts=1) as talk:
        error = await raised(talk)
        assert isinstance(error, JupiterServiceError)
        assert error.code == code
        assert error.suggestions
        assert error.context["status"] == status


async def test_a_key_that_is_not_accepted_is_no_refusal(converse):
    async with converse(said({"error": "Unauthorized", "errorCode": "UNAUTHORIZED"}, 401)) as talk:
        assert (await raised(talk)).code == "unauthorised"


async def test_a_server_error_stays_one_whatever_code_it_has(converse):
    async with converse(said({"error": "oops", "errorCode": "INTERNAL"}, 500), attempts=1) as talk:
        assert (await raised(talk)).code == "server_error"


async def test_only_who_has_no_key_is_told_to_get_one(converse):
    async with converse(said({}, 429), attempts=1) as talk:
        assert "free API key" in " ".join((await raised(talk)).suggestions)
    async with converse(said({}, 429), attempts=1, api_key=SecretStr(KEY)) as talk:
        assert "free API key" not in " ".join((await raised(talk)).suggestions)


async def test_the_gateways_request_id_is_kept(converse):
    async with converse(said({"error": "x"}, **{"x-api-gateway-request-id": "abc-1"})) as talk:
        assert (await raised(talk)).context == {"status": 400, "request_id": "abc-1"}


async def test_a_long_or_broken_text_becomes_one_short_line(converse):
    async with converse(said({"error": "a\n\x1b[31mb\u202ec" + "d" * 10_000})) as talk:
        message = (await raised(talk)).message
    assert message.startswith("Jupiter declines: a [31mb c")
    assert len(message) < 400
    assert message.isprintable()


@pytest.mark.parametrize("shown", [KEY, KEY.upper(), f"key={KEY};", KEY * 3])
async def test_a_key_that_the_server_repeats_is_hidden(converse, shown):
    bodies = [
        said({"error": f"bad key {shown}", "errorCode": shown}, **{"x-api-gateway-request-id": shown}),
        said(shown.encode(), 401),
        said([{shown: shown}], 200),
        said({"error": {"message": shown}}, 403),
    ]
    for body in bodies:
        async with converse(body, api_key=SecretStr(KEY)) as talk:
            assert_hidden(await raised(talk))


async def test_a_key_in_camel_case_is_no_code_either(converse):
    async with converse(said({"errorCode": "myOwnSecretKey"}), api_key=SecretStr("myOwnSecretKey")) as talk:
        error = await raised(talk)
    assert (error.code, error.message) == ("request_declined", "Jupiter declines: [api key]")


_TEXTS = st.one_of(st.text(max_size=30), st.sampled_from([KEY, f"x{KEY}y", KEY.upper(), KEY[:9], "NO_ROUTES_FOUND"]))
_NAMES = st.one_of(st.sampled_from(["error", "message", "errorMessage", "errorCode", "id", KEY]), st.text(max_size=5))
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_NAMES, inner, max_size=4)),
    max_leaves=8,
)
_BODIES = st.one_of(
    st.binary(max_size=60), _VALUES.map(lambda value: json.dumps(value).encode()), _TEXTS.map(str.encode)
)


@given(body=_BODIES, status=st.sampled_from([200, 204, 302, 400, 401, 403, 404, 422, 429, 500, 503, 599]))
async def test_no_body_of_any_status_breaks_the_client_or_brings_the_key_to_light(body, status):
    transport = httpx.MockTransport(lambda _: httpx.Response(status, stream=httpx.ByteStream(body)))
    settings = HttpSettings(api_key=SecretStr(KEY), attempts=2)
    async with HttpJupiter(SteppedClock(), settings, transport=transport) as client:
        error = await error_of(client)
    if error is None:
        assert json.loads(body) == []
        return
    assert_hidden(error)
    assert error.code.isidentifier()
    assert error.message.isprintable()


async def error_of(client) -> ReevError | None:
    try:
        await client.lend_tokens()
    except (JupiterRefusalError, JupiterServiceError) as error:
        return error
    return None


def assert_hidden(error: ReevError) -> None:
    shown = "".join(traceback.format_exception(error)) + f"{error!r} {error.code} {error.suggestions} {error.context}"
    assert KEY not in shown.lower()
    assert error.__context__ is None
