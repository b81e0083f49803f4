"""Decode instructions and events with anchorpy; runs in an environment of its own, see requirements.txt.

Reads a JSON list of ``{"idl": path, "kind": "instruction" | "event", "data": hex}`` from standard input and writes the
list of answers: name, arguments, accounts with their flags, and how many bytes were left over.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import attr
from anchorpy.coder.event import EventCoder
from anchorpy.coder.instruction import InstructionCoder
from anchorpy_core.idl import Idl
from pyheck import snake
from solders.pubkey import Pubkey


def plain(value):
    """Return what JSON has: an enum is its variant's name, with the fields under it where there are any."""
    if isinstance(value, Pubkey):
        return str(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items() if name != "_io"}
    if attr.has(type(value)):
        fields = {field.name: plain(getattr(value, field.name)) for field in attr.fields(type(value))}
        return {type(value).__name__: fields} if fields else type(value).__name__
    return plain(vars(value)) if hasattr(value, "__dict__") else value


def parsed(coder, data):
    stream = io.BytesIO(data)
    return coder.parse_stream(stream), len(data) - stream.tell()


def instruction(idl, data):
    read, left = parsed(InstructionCoder(idl), data)
    known = next(known for known in idl.instructions if snake(known.name) == read.name)
    accounts = [[account.name, account.is_signer, account.is_mut] for account in known.accounts]
    return {"name": read.name, "arguments": plain(read.data), "accounts": accounts, "left": left}


def event(idl, data):
    read, left = parsed(EventCoder(idl), data)
    return {"name": read.name, "arguments": plain(read.data), "left": left}


def main():
    idls = {}
    answers = []
    for asked in json.load(sys.stdin):
        path = asked["idl"]
        idls[path] = idls.get(path) or Idl.from_json(Path(path).read_text())
        decode = instruction if asked["kind"] == "instruction" else event
        answers.append(decode(idls[path], bytes.fromhex(asked["data"])))
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
