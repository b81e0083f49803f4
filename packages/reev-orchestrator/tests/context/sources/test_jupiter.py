import json
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from reev_orchestrator.context.sources import JupiterSource
from reev_orchestrator.mocks import nobodys_address
from reev_types.errors import SourceError
from reev_types.tokens import SOL_MINT, find_token

USDC, BONK = find_token("USDC").mint, find_token("BONK").mint
MANY = [nobodys_address("many", number) for number in range(120)]


@pytest.fixture
def ask(served):
    async def ask(answer, mints, method="prices", key=None):
        async with served(answer) as server:
            source = JupiterSource(server.url, api_key=SecretStr(key) if key else None)
            try:
                return await getattr(source, method)(mints), server.requests
            finally:
                await source.aclose()

    return ask


def answering(text):
    return lambda target, body: (200, text)


async def test_prices_keep_all_their_digits(ask):
    text = f'{{"{SOL_MINT}": {{"usdPrice": 147.4789640190361234567, "decimals": 9, "blockId": 1}}}}'
    sheet, requests = await ask(answering(text), [SOL_MINT, USDC], key="jup_key")
    assert sheet.prices == {SOL_MINT: Decimal("147.4789640190361234567")}
    assert sheet.refused == {}
    target, headers, _ = requests[0]
    assert target == f"/price/v3?ids={SOL_MINT}%2C{USDC}"
    assert headers["x-api-key"] == "jup_key"


async def test_prices_that_are_none_are_refused_one_by_one(ask):
    offered = {SOL_MINT: {"usdPrice": 150}, USDC: {"usdPrice": -1}, BONK: {"price": 3}, MANY[0]: None, MANY[1]: 7}
    sheet, _ = await ask(answering(json.dumps(offered)), [SOL_MINT, USDC, BONK, *MANY[:2]])
    assert sheet.prices == {SOL_MINT: 150, MANY[1]: 7}
    assert sheet.refused == {USDC: "'-1' is not a price", BONK: "a value of type NoneType is not a price"}


async def test_what_was_not_asked_for_is_not_listened_to(ask):
    sheet, _ = await ask(answering(f'{{"{USDC}": {{"usdPrice": 9}}, "junk": 1}}'), [SOL_MINT])
    assert (sheet.prices, sheet.refused) == ({}, {})


async def test_fifty_mints_are_asked_for_at_a_time(ask):
    def answer(target, body):
        mints = parse_qs(urlsplit(target).query)["ids"][0].split(",")
        return 200, json.dumps({mint: {"usdPrice": 2} for mint in mints})

    sheet, requests = await ask(answer, MANY)
    assert len(sheet.prices) == 120
    assert sorted(target.count("%2C") + 1 for target, _, _ in requests) == [20, 50, 50]


async def test_a_part_that_fails_does_not_take_the_others_with_it(ask):
    def answer(target, body):
        return (429, "slow down") if MANY[60] in target else (200, f'{{"{MANY[0]}": {{"usdPrice": 2}}}}')

    sheet, _ = await ask(answer, MANY)
    assert sheet.prices == {MANY[0]: 2}
    assert set(sheet.refused) == set(MANY[50:100])
    assert "slow down" in sheet.refused[MANY[60]]


@pytest.mark.parametrize(("status", "code"), [(429, "rate_limited"), (500, "server_error")])
async def test_when_everything_fails_the_source_fails(ask, status, code):
    with pytest.raises(SourceError) as caught:
        await ask(lambda target, body: (status, "no"), MANY)
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["[]", "7", "null", '"x"'])
async def test_prices_of_another_shape_are_a_bad_response(ask, text):
    with pytest.raises(SourceError, match="the prices are no JSON object"):
        await ask(answering(text), [SOL_MINT])


async def test_asking_for_nothing_asks_nobody(ask):
    sheet, requests = await ask(answering("{}"), [])
    assert (sheet.prices, requests) == ({}, [])


async def test_tokens_are_found_by_their_mints_a_hundred_at_a_time(ask):
    def answer(target, body):
        mints = parse_qs(urlsplit(target).query)["query"][0].split(",")
        return 200, json.dumps([{"id": mint, "symbol": "FAKE", "decimals": 3} for mint in (*mints[1:], USDC)])

    facts, requests = await ask(answer, MANY, "tokens")
    assert len(facts) == 118
    assert {fact.decimals for fact in facts.values()} == {3}
    assert all(target.startswith("/tokens/v2/search?query=") for target, _, _ in requests)


@pytest.mark.parametrize(
    "text",
    ["7", "[7]", "[{}]", f'[{{"id": "{SOL_MINT}", "decimals": 300}}]', f'[{{"id": "{SOL_MINT}"}}]', '[{"id": []}]'],
)
async def test_tokens_that_make_no_sense_are_a_bad_response(ask, text):
    with pytest.raises(SourceError, match="bad_response"):
        await ask(answering(text), [SOL_MINT], "tokens")
