from collections.abc import Callable
from typing import Any

import pytest

Lint = Callable[..., list[Any]]

MINT = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
SHARES = "9BEcn9aPEmhSPbPQeFGjidRiEKki46fVQDyPpSQXPA2D"
ATA = "type: TokenAccountBalance, expected: 1, "
DERIVED = ATA + "pubkey: UNUSED_PLACEHOLDER, address_derivation: {{type: AssociatedTokenAccount, owner: {}, mint: {}}}"


@pytest.mark.parametrize(
    ("assertion", "parts"),
    [
        ("type: SolBalance, pubkey: NOBODY, expected: 1", {}),
        (ATA + "pubkey: NOBODY", {}),
        (DERIVED.format("NOBODY", MINT), {}),
        ("", {"top": f"reference: [[{{kind: transfer, mint: {MINT}, recipient: NOBODY, amount: {{kind: all}}}}]]"}),
        (
            "",
            {
                "truth": '  expected_instructions: [{program_id: "11111111111111111111111111111111", '
                "accounts: [{pubkey: NOBODY, is_signer: true, is_writable: true}]}]"
            },
        ),
    ],
)
def test_a_name_that_nothing_declares_is_an_error(lint: Lint, assertion: str, parts: dict[str, str]):
    (finding,) = lint("undefined-placeholder", *([assertion] if assertion else []), **parts)
    assert (finding.severity, finding.message) == ("error", "NOBODY is not declared in initial_state")
    assert finding.at.startswith("NOBODY")


@pytest.mark.parametrize(
    ("name", "is_reported"),
    [
        ("SOMEBODY_WALLET_PUBKEY", True),
        ("RECIPIENT_USDC_ATA", True),
        ("PLACEHOLDER", False),
        ("USER_USDC_ATA", False),
        ("AN_ATARI", False),
        ("A" * 61 + "_ATA", False),
    ],
)
def test_names_in_prompts_must_be_declared(lint: Lint, name: str, is_reported: bool):
    findings = lint("undefined-placeholder", prompt=f"Send it to {name}, please.")
    assert [finding.message for finding in findings] == [f"{name} is not declared in initial_state"] * is_reported
    step = f'flow: [{{step: 1, prompt: "Use {name} or {name}"}}]'
    assert len(lint("undefined-placeholder", top=step)) == is_reported


def test_an_undeclared_name_of_an_associated_account_is_read_by_its_name(lint: Lint):
    (finding,) = lint("undefined-placeholder", ATA + f"pubkey: USER_USDC_ATA_PLACEHOLDER, mint: {MINT}")
    assert finding.severity == "warning"
    assert finding.suggestion == "use USER_USDC_ATA, which is declared with the same mint"
    (finding,) = lint("undefined-placeholder", ATA + f"pubkey: USER_L_USDC_ATA_PLACEHOLDER, mint: {SHARES}")
    assert finding.suggestion.startswith("use address_derivation")


@pytest.mark.parametrize(
    "parts",
    [
        {"top": f"reference: [[{{kind: transfer, mint: {MINT}, recipient: NAME, amount: {{kind: all}}}}]]"},
        {
            "truth": '  expected_instructions: [{program_id: "11111111111111111111111111111111", '
            "accounts: [{pubkey: NAME, is_signer: true, is_writable: true}]}]"
        },
    ],
)
def test_such_a_name_is_read_in_a_solution_too(lint: Lint, parts: dict[str, str]):
    parts = {part: text.replace("NAME", "USER_USDC_ATA_PLACEHOLDER") for part, text in parts.items()}
    (finding,) = lint("undefined-placeholder", **parts)
    assert finding.severity == "warning"
    assert finding.at.startswith("USER_USDC_ATA_PLACEHOLDER")
    assert lint("bad-file", **parts) == []
    nobodys = {part: text.replace("USER_USDC_ATA_PL", "RECIPIENT_BONK_ATA_PL") for part, text in parts.items()}
    assert [found.severity for found in lint("bad-file", **nobodys)] == ["error"]


def test_a_label_of_derivations_may_be_used_again(lint: Lint):
    twice = (DERIVED.format("USER_WALLET_PUBKEY", MINT), DERIVED.format("USER_WALLET_PUBKEY", SHARES))
    assert lint("undefined-placeholder", *twice) == []
    assert lint("duplicate-placeholder", *twice) == []


def test_addresses_need_no_declaration(lint: Lint):
    assert lint("undefined-placeholder", f"type: SolBalance, pubkey: {SHARES}, expected: 1") == []


def test_a_name_declared_twice_is_reported_with_the_first_line(lint: Lint):
    entry = (
        "  - {pubkey: USER_WALLET_PUBKEY, owner: jup3YeL8QhtSx1e253b2FDvsMNC87fDrgQZivbrndc9, data: {jUSDC_balance: 5}}"
    )
    (finding,) = lint("duplicate-placeholder", accounts=entry)
    assert (finding.severity, finding.message) == ("warning", "USER_WALLET_PUBKEY is declared in line 3 already")
    assert finding.at.startswith("USER_WALLET_PUBKEY, owner: jup3")
