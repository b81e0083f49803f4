"""A Solana node and Jupiter's API for one budget, in a process of their own: every answer takes 100 ms.

python slow_sources.py        prints their base URL and serves until it is ended

Every wallet holds USDC and USDT, and one whose address does not begin with ``1`` a token of no registry beside them.
"""

from __future__ import annotations

import asyncio
import json
import sys
from urllib.parse import parse_qs, urlsplit

from reev_types.tokens import TOKEN_PROGRAM, find_token

LATENCY_S = 0.1
STRANGE_MINT = "StrangeMint11111111111111111111111111111112"

_KNOWN = (find_token("USDC").mint, find_token("USDT").mint)


def _answer(target: str, body: bytes) -> object:
    url = urlsplit(target)
    if url.path == "/price/v3":
        return {mint: {"usdPrice": 2.5} for mint in parse_qs(url.query)["ids"][0].split(",")}
    if url.path == "/tokens/v2/search":
        mints = parse_qs(url.query)["query"][0].split(",")
        return [{"id": STRANGE_MINT, "decimals": 4}] if STRANGE_MINT in mints else []
    request = json.loads(body)
    return {"jsonrpc": "2.0", "id": request["id"], "result": {"value": _value(request["method"], request["params"])}}


def _value(method: str, params: list[object]) -> object:
    if method == "getBalance":
        return 5_000_000_000
    owner, program, _ = params
    if program != {"programId": TOKEN_PROGRAM}:
        return []
    strange = [] if str(owner).startswith("1") else [STRANGE_MINT]
    return [{"account": {"data": _account(owner, mint)}} for mint in (*_KNOWN, *strange)]


def _account(owner: object, mint: str) -> object:
    amount = {"amount": "5000000000", "decimals": 4 if mint == STRANGE_MINT else 6}
    return {"parsed": {"type": "account", "info": {"mint": mint, "owner": owner, "tokenAmount": amount}}}


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            _, _, length = head.lower().partition(b"content-length:")
            body = await reader.readexactly(int(length.split(b"\r\n", 1)[0] or b"0"))
            await asyncio.sleep(LATENCY_S)
            content = json.dumps(_answer(head.split(b" ", 2)[1].decode(), body)).encode()
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(content), content))
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _main() -> None:
    server = await asyncio.start_server(_serve, "127.0.0.1", 0, backlog=1_000)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main())
