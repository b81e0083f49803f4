from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter

from reev_tools.surfpool._rpc import Rpc
from reev_types.errors import ChainError


def answering(**response: Any) -> Rpc:
    return Rpc("http://node", transport=httpx.MockTransport(lambda _: httpx.Response(200, **response)))


async def test_a_call_is_json_rpc_and_its_result_comes_back() -> None:
    seen: list[dict[str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(json.loads(request.content))
        return httpx.Response(200, json={"jsonrpc": "2.0", "id": 1, "result": [1, 2]})

    found = await Rpc("http://node", transport=httpx.MockTransport(answer)).call("method", "first", {"second": 2})
    assert found == [1, 2]
    assert seen == [{"jsonrpc": "2.0", "id": 1, "method": "method", "params": ["first", {"second": 2}]}]


async def test_an_error_in_an_answer_of_status_200_is_an_error() -> None:
    error = {"code": -32603, "message": "Internal error", "data": "Cannot travel to past slot"}
    with pytest.raises(ChainError, match="Internal error: Cannot travel to past slot") as refused:
        await answering(json={"error": error}).call("surfnet_timeTravel")
    assert refused.value.code == "rpc_refused"
    assert refused.value.context == {"method": "surfnet_timeTravel", "rpc_code": -32603}


@pytest.mark.parametrize("response", [{"text": "<html>"}, {"json": []}, {"json": {"id": 1}}], ids=str)
async def test_what_is_no_json_rpc_is_a_bad_answer(response: dict[str, Any]) -> None:
    with pytest.raises(ChainError) as failed:
        await answering(**response).call("getSlot")
    assert failed.value.code == "rpc_bad_answer"


async def test_a_result_of_another_shape_is_a_bad_answer() -> None:
    with pytest.raises(ChainError) as failed:
        await answering(json={"result": "seven"}).ask(TypeAdapter(int), "getSlot")
    assert failed.value.code == "rpc_bad_answer"


async def test_a_node_that_is_not_there_is_unreachable() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("connection refused", request=request)

    with pytest.raises(ChainError, match="connection refused") as failed:
        await Rpc("http://node", transport=httpx.MockTransport(refuse)).call("getSlot")
    assert failed.value.code == "rpc_unreachable"
