from pathlib import Path

import pytest
from inline_snapshot import snapshot
from jinja2 import TemplateNotFound, UndefinedError
from jinja2.exceptions import SecurityError

from reev_orchestrator import TemplateRenderer
from reev_types.atomicity import AtomicMode
from reev_types.contexts import FlowState, PreviousResult, PromptContext, TokenBalance, WalletContext
from reev_types.testing import PromptRendererContract
from reev_types.tokens import find_token

WALLET = "11111111111111111111111111111112"
USDC = find_token("USDC").mint


class TestTemplateRenderer(PromptRendererContract):
    def renderer(self):
        return TemplateRenderer()


def context(*, total=1, results=(), accounts=None, tokens=()):
    return PromptContext(
        wallet_context=WalletContext(
            owner=WALLET, sol_balance=1_000_000_000, token_balances={token.mint: token for token in tokens}
        ),
        flow_state=FlowState(current_step_index=total - 1, total_steps=total, atomic_mode=AtomicMode.STRICT),
        previous_results=results,
        accounts=accounts or {},
        generated_at=0,
    )


def test_a_single_step_shows_request_wallet_and_named_accounts():
    usdc = TokenBalance(mint=USDC, balance=50_000_000, decimals=6)
    text = TemplateRenderer().render_step(
        "Send 15 USDC to RECIPIENT.", context(accounts={"RECIPIENT": WALLET, "USER": WALLET}, tokens=[usdc])
    )
    assert text == snapshot("""\
Send 15 USDC to RECIPIENT.

Wallet: 11111111111111111111111111111112
SOL: 1 (1000000000 lamports)
USDC: 50 (50000000 raw units, mint EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v)

Accounts named in the request:
- RECIPIENT: 11111111111111111111111111111112\
""")


def test_a_later_step_shows_what_earlier_ones_came_to():
    result = PreviousResult(step_id="step_1", success=False, summary="insufficient_funds")
    text = TemplateRenderer().render_step("Lend it.", context(total=2, results=(result,)))
    assert text == snapshot("""\
Lend it.

Wallet: 11111111111111111111111111111112
SOL: 1 (1000000000 lamports)

This is step 2 of 2.
- step_1 failed: insufficient_funds\
""")


def test_a_token_without_known_decimals_is_not_converted():
    odd = TokenBalance(mint=USDC, balance=5)
    assert "USDC: ? (5 raw units" in TemplateRenderer().render_step("x", context(tokens=[odd]))


def folder_with(tmp_path: Path, template: str) -> Path:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "step.j2").write_text(template)
    return tmp_path


def test_a_folder_of_your_own_replaces_the_templates(tmp_path):
    renderer = TemplateRenderer(folder_with(tmp_path, "{{ request }} for {{ wallet.owner }}"))
    assert renderer.render_step("Pay", context()) == f"Pay for {WALLET}"


def test_an_undefined_name_in_a_template_is_an_error(tmp_path):
    with pytest.raises(UndefinedError):
        TemplateRenderer(folder_with(tmp_path, "{{ walet }}")).render_step("x", context())


def test_a_template_cannot_leave_the_sandbox(tmp_path):
    with pytest.raises(SecurityError):
        TemplateRenderer(folder_with(tmp_path, "{{ request.__class__.__mro__ }}")).render_step("x", context())


def test_a_missing_template_is_an_error(tmp_path):
    with pytest.raises(TemplateNotFound):
        TemplateRenderer(tmp_path).render_step("x", context())
