from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest
from solders.pubkey import Pubkey

from reev_tools.chain._keys import pubkey
from reev_tools.programs import SYSTEM_PROGRAM
from reev_tools.surfpool._node import Node
from reev_tools.surfpool._rpc import Rpc
from reev_types.errors import ChainError

META = {"err": None, "logMessages": ["Program log: done"], "computeUnitsConsumed": 7}


def node_that(answers: Mapping[str, Callable[[list[Any]], Any]]) -> Node:
    def answer(request: httpx.Request) -> httpx.Response:
        call = json.loads(request.content)
        return httpx.Response(200, json={"result": answers[call["method"]](call["params"])})

    return Node(Rpc("http://node", transport=httpx.MockTransport(answer)))


def break_off(_: list[Any]) -> None:
    raise httpx.ReadTimeout("timed out")


async def test_what_became_of_a_transaction_is_looked_up_when_the_answer_is_lost() -> None:
    node = node_that({"sendTransaction": break_off, "getTransaction": lambda _: {"meta": META}})
    run = await node.send(b"raw", "signature")
    assert run is not None
    assert (run.error(), run.logs, run.compute_units) == (None, ("Program log: done",), 7)


async def test_a_transaction_that_the_node_does_not_keep_did_not_land() -> None:
    node = node_that({"sendTransaction": lambda _: "signature", "getTransaction": lambda _: None})
    assert await node.send(b"raw", "signature") is None


async def test_a_reason_that_nobody_knows_is_a_bad_answer() -> None:
    answers = {"sendTransaction": lambda _: "", "getTransaction": lambda _: {"meta": {**META, "err": "Mood"}}}
    run = await node_that(answers).send(b"raw", "signature")
    assert run is not None
    with pytest.raises(ChainError) as failed:
        run.error()
    assert failed.value.code == "rpc_bad_answer"


async def test_accounts_are_asked_for_a_hundred_at_a_time() -> None:
    asked: list[int] = []

    def states(params: list[Any]) -> dict[str, Any]:
        asked.append(len(params[0]))
        return {"value": [wire(int.from_bytes(bytes(pubkey(key)), "big")) for key in params[0]]}

    def wire(lamports: int) -> dict[str, Any]:
        return {"lamports": lamports, "owner": SYSTEM_PROGRAM, "data": ["", "base64"], "executable": False}

    keys = [Pubkey(number.to_bytes(32, "big")) for number in range(1, 252)]
    found = await node_that({"getMultipleAccounts": states}).accounts(keys)
    assert asked == [100, 100, 51]
    assert [account.lamports for account in found.values() if account] == list(range(1, 252))
