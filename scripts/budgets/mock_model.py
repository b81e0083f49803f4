"""A model server for one budget, in a process of its own: it thinks for a second, pays 0.1 SOL, and says so.

python mock_model.py        prints its base URL and serves until it is ended
"""

from __future__ import annotations

import asyncio
import json
import sys

LATENCY_S = 1.0

_ARGUMENTS = json.dumps({"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": "0.1"})
_CALL = {"id": "call_1", "type": "function", "function": {"name": "sol_transfer", "arguments": _ARGUMENTS}}


def _response(message: dict[str, object], finish_reason: str) -> bytes:
    body = json.dumps(
        {
            "id": "mock",
            "object": "chat.completion",
            "choices": [{"index": 0, "message": {"role": "assistant"} | message, "finish_reason": finish_reason}],
            "usage": {"prompt_tokens": 2_000, "completion_tokens": 20, "total_tokens": 2_020},
        }
    ).encode()
    return b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)


_PAYS = _response({"content": None, "tool_calls": [_CALL]}, "tool_calls")
_IS_DONE = _response({"content": "I have sent 0.1 SOL."}, "stop")


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
            body = await reader.readexactly(length)
            await asyncio.sleep(LATENCY_S)
            writer.write(_IS_DONE if b'"role": "tool"' in body or b'"role":"tool"' in body else _PAYS)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _main() -> None:
    server = await asyncio.start_server(_serve, "127.0.0.1", 0, backlog=1_000)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main())
