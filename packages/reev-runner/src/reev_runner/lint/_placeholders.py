"""Rules about names of accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reev_runner.files import LoadedBenchmark
from reev_types.addresses import is_address

from ._finding import TRUTH, FileRule, Location, Remark

__all__ = ["RULES"]

_NAME_IN_PROMPT = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:ATA|PUBKEY|PLACEHOLDER)\b", re.ASCII)

_LONGEST_NAME = 64


def _undefined(loaded: LoadedBenchmark) -> Iterator[Remark]:
    declared = {item.pubkey for item in loaded.file.initial_state}
    for name, location in (*_names_in_truth(loaded), *_names_in_reference(loaded), *_names_in_prompts(loaded)):
        if name in declared or is_address(name):
            continue
        if _is_conventional(name) and location[-1] != "prompt":
            message = f"{name} is not declared; by its name it is read as an associated token account"
            yield Remark(location, message, _better_name(loaded, location), "warning")
        else:
            yield Remark(location, f"{name} is not declared in initial_state", "declare it, or correct the name")


def _is_conventional(name: str) -> bool:
    return "USDC_ATA" in name or name.endswith("_ATA_PLACEHOLDER")


def _better_name(loaded: LoadedBenchmark, location: Location) -> str:
    if "final_state_assertions" not in location:
        return "declare it, or use the name that the account is declared by"
    index = location[2]
    assertion = loaded.file.ground_truth.final_state_assertions[int(index)]
    for item in loaded.file.initial_state:
        mint = getattr(item.data, "mint", None)
        if mint is not None and mint == getattr(assertion, "mint", None):
            return f"use {item.pubkey}, which is declared with the same mint"
    return "use address_derivation, which says whose account of which mint is meant"


def _names_in_truth(loaded: LoadedBenchmark) -> Iterator[tuple[str, Location]]:
    truth = loaded.file.ground_truth
    for index, assertion in enumerate(truth.final_state_assertions):
        at: Location = (TRUTH, "final_state_assertions", index)
        derivation = getattr(assertion, "address_derivation", None)
        # With a derivation, pubkey is a mere label, and the same label may stand for different accounts.
        if derivation is None:
            yield assertion.pubkey, (*at, "pubkey")
        else:
            yield derivation.owner, (*at, "address_derivation", "owner")
    for index, instruction in enumerate(truth.expected_instructions):
        for position, account in enumerate(instruction.accounts):
            yield account.pubkey, (TRUTH, "expected_instructions", index, "accounts", position, "pubkey")


def _names_in_reference(loaded: LoadedBenchmark) -> Iterator[tuple[str, Location]]:
    for index, intents in enumerate(loaded.file.reference or ()):
        for position, intent in enumerate(intents):
            recipient = getattr(intent, "recipient", None)
            if recipient is not None:
                yield recipient, ("reference", index, position, "recipient")


def _names_in_prompts(loaded: LoadedBenchmark) -> Iterator[tuple[str, Location]]:
    prompts: list[tuple[str, Location]] = [(loaded.file.prompt, ("prompt",))]
    prompts += [(step.prompt, ("flow", index, "prompt")) for index, step in enumerate(loaded.file.flow or ())]
    for prompt, location in prompts:
        for name in dict.fromkeys(_NAME_IN_PROMPT.findall(prompt)):
            if len(name) <= _LONGEST_NAME:
                yield name, location


def _duplicate(loaded: LoadedBenchmark) -> Iterator[Remark]:
    first: dict[str, int] = {}
    for index, item in enumerate(loaded.file.initial_state):
        at: Location = ("initial_state", index, "pubkey")
        if item.pubkey in first:
            message = f"{item.pubkey} is declared in line {first[item.pubkey]} already"
            yield Remark(at, message, "give a token balance an entry of its own, with owner, mint and amount")
        first.setdefault(item.pubkey, loaded.places.at(*at).line)


RULES = (
    FileRule("undefined-placeholder", "error", "a name that initial_state does not declare", _undefined),
    FileRule("duplicate-placeholder", "warning", "a name that initial_state declares twice", _duplicate),
)
