import json

import pytest

from reev_orchestrator.context.sources import RpcSource
from reev_orchestrator.mocks import nobodys_address
from reev_types.errors import SourceError
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_token

OWNER, STRANGER = nobodys_address("owner"), nobodys_address("mint")
USDC = find_token("USDC").mint


def account(mint, amount, decimals=6, owner=OWNER, **extra):
    info = {"mint": mint, "owner": owner, "tokenAmount": {"amount": str(amount), "decimals": decimals}} | extra
    return {"pubkey": nobodys_address(amount), "account": {"data": {"parsed": {"type": "account", "info": info}}}}


class Node:
    """Answers like a node: results by method, token accounts by program; ``raw`` replaces a whole answer."""

    def __init__(self, lamports=5, accounts=(), accounts_2022=(), mints=None, raw=None):
        self.results = {"getBalance": lamports}
        self.accounts = {TOKEN_PROGRAM: list(accounts), TOKEN_2022_PROGRAM: list(accounts_2022)}
        self.mints = mints or {}
        self.raw = raw or {}

    def __call__(self, target, body):
        request = json.loads(body)
        method, params = request["method"], request["params"]
        if method in self.raw:
            return 200, json.dumps(self.raw[method])
        match method:
            case "getTokenAccountsByOwner":
                value = self.accounts[params[1]["programId"]]
            case "getMultipleAccounts":
                value = [self.mints.get(mint) for mint in params[0]]
            case _:
                value = self.results[method]
        return 200, json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": {"context": {}, "value": value}})


@pytest.fixture
def holdings(served):
    async def holdings(node):
        async with served(node) as server:
            source = RpcSource(server.url)
            try:
                return await source.holdings(OWNER)
            finally:
                await source.aclose()

    return holdings


@pytest.fixture
def facts(served):
    async def facts(node, mints):
        async with served(node) as server:
            source = RpcSource(server.url)
            try:
                return await source.tokens(mints), server.requests
            finally:
                await source.aclose()

    return facts


async def test_balances_of_both_token_programs_are_summed_by_mint(holdings):
    found = await holdings(
        Node(7, [account(USDC, 10), account(USDC, 5, state="frozen")], [account(STRANGER, 3, decimals=2)])
    )
    assert found.lamports == 7
    assert {token.mint: (token.balance_raw, token.decimals, token.frozen_raw) for token in found.tokens} == {
        USDC: (15, 6, 5),
        STRANGER: (3, 2, 0),
    }


async def test_ten_thousand_token_accounts_are_read(holdings):
    found = await holdings(Node(accounts=[account(USDC, 2)] * 10_000))
    assert [token.balance_raw for token in found.tokens] == [20_000]


@pytest.mark.parametrize(
    "raw",
    [
        {"getBalance": []},
        {"getBalance": {}},
        {"getBalance": {"result": 5}},
        {"getBalance": {"result": {"value": -1}}},
        {"getBalance": {"result": {"value": "5"}}},
        {"getBalance": {"result": {"value": True}}},
        {"getBalance": {"result": {"value": 2**64}}},
        {"getTokenAccountsByOwner": {"result": {"value": None}}},
        {"getTokenAccountsByOwner": {"result": {"value": [{}]}}},
        {"getTokenAccountsByOwner": {"result": {"value": [account(USDC, -1)]}}},
        {"getTokenAccountsByOwner": {"result": {"value": [account("no mint", 1)]}}},
        {"getTokenAccountsByOwner": {"result": {"value": [account(USDC, 1, decimals=999)]}}},
        {"getTokenAccountsByOwner": {"result": {"value": [account(USDC, 2**64)]}}},
        {"getTokenAccountsByOwner": {"result": {"value": [account(["x"], 1)]}}},
    ],
)
async def test_an_answer_that_makes_no_sense_is_not_used(holdings, raw):
    with pytest.raises(SourceError) as caught:
        await holdings(Node(raw=raw))
    assert caught.value.code == "bad_response"


async def test_accounts_of_another_wallet_are_not_used(holdings):
    with pytest.raises(SourceError, match="an account of another wallet"):
        await holdings(Node(accounts=[account(USDC, 1, owner=STRANGER)]))


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        ({"code": -32602, "message": "Invalid param: WrongSize"}, "refused", "Invalid param: WrongSize"),
        ({"code": 429, "message": "Too many requests"}, "rate_limited", "Too many requests"),
        ("broken", "refused", "broken"),
    ],
)
async def test_what_a_node_refuses_is_told(holdings, error, code, words):
    with pytest.raises(SourceError, match=words) as caught:
        await holdings(Node(raw={"getBalance": {"error": error}}))
    assert caught.value.code == code


async def test_mints_are_asked_a_hundred_at_a_time(facts):
    mints = [nobodys_address("many", number) for number in range(120)]
    known = {"data": {"parsed": {"type": "mint", "info": {"decimals": 4}}}}
    other = {"data": {"parsed": {"type": "account", "info": {}}}}
    found, requests = await facts(Node(mints={mints[0]: known, mints[110]: known, mints[1]: other}), mints)
    assert {mint: fact.decimals for mint, fact in found.items()} == {mints[0]: 4, mints[110]: 4}
    assert sorted(len(json.loads(body)["params"][0]) for _, _, body in requests) == [20, 100]


@pytest.mark.parametrize("value", [None, [], [7], [{"data": None}], [{"data": {"parsed": {"type": "mint"}}}]])
async def test_mints_that_make_no_sense_are_not_used(facts, value):
    with pytest.raises(SourceError, match="bad_response"):
        await facts(Node(raw={"getMultipleAccounts": {"result": {"value": value}}}), [USDC])
