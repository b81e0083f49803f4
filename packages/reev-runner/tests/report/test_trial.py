import json
import shlex

import pytest
from inline_snapshot import snapshot

from reev_runner.journal import fold
from reev_runner.report import Detail, print_trial, reproduction
from reev_runner.suite import Trial
from reev_types.events import read_event

HOSTILE = "\x1b[31m[bold red]a[/] :boom: \u202edrow\x00\x07\r\n[link=x]" + "é\u0301" * 50


def shown(rendered, trial, detail, width=100):
    return rendered(lambda console: print_trial(console, trial, detail), width)


def test_a_passed_trial_among_many_is_shown_briefly(passed, rendered):
    assert shown(rendered, passed, Detail.BRIEF) == snapshot("""\
✓ 001-sol-transfer  passed · score 1.00 · deterministic, seed 0
├── sol_transfer(recipient=RECIPIENT_WALLET_PUBKEY, amount_raw=100000000 (0.1 SOL))
│   ├── ✓ transaction 5SUT…LD2N landed · System Transfer · fee 0.000005 SOL · 150 CU
│   └── changed USER_WALLET_PUBKEY -0.100005 SOL, RECIPIENT_WALLET_PUBKEY +0.1 SOL
└── 2 of 2 assertions met · score (1 + 1) / 2 = 1

""")


def test_a_passed_trial_is_shown_in_full(passed, rendered):
    assert shown(rendered, passed, Detail.FULL) == snapshot("""\
✓ 001-sol-transfer  passed · score 1.00 · deterministic, seed 0
├── Send a tenth of a SOL to another wallet.
├── asked Please send 0.1 SOL to the recipient (RECIPIENT_WALLET_PUBKEY).
└── ✓ step_1 · critical · succeeded
    └── sol_transfer(recipient=RECIPIENT_WALLET_PUBKEY, amount_raw=100000000 (0.1 SOL))
        ├── ✓ transaction 5SUT…LD2N landed · fee 0.000005 SOL · 150 CU
        │   └── System Transfer  0.1 SOL  USER_WALLET_PUBKEY → RECIPIENT_WALLET_PUBKEY
        └── changed USER_WALLET_PUBKEY -0.100005 SOL, RECIPIENT_WALLET_PUBKEY +0.1 SOL

  account                   before          after          change
  ───────────────────────────────────────────────────────────────
  USER_WALLET_PUBKEY         1 SOL   0.899995 SOL   -0.100005 SOL
  RECIPIENT_WALLET_PUBKEY    0 SOL        0.1 SOL        +0.1 SOL

          assertion                      expected                      actual                 weight
  ──────────────────────────────────────────────────────────────────────────────────────────────────
  ✓ met   SOL of                         0.1 SOL                       0.1 SOL                     1
          RECIPIENT_WALLET_PUBKEY
          SolBalance
  ✓ met   SOL of USER_WALLET_PUBKEY      change ≥ -0.10501 SOL and     change -0.100005 SOL        1
          SolBalanceChange               change ≤ -0.1 SOL

  score (1 + 1) / 2 = 1 · needed 1.00
  for comparison: instruction score 1.00 · legacy score 1.00
  reproduce reev-runner 001-sol-transfer --agent deterministic --seed 0

""")


def test_a_failed_trial_is_shown_in_full(failed, rendered):
    assert shown(rendered, failed, Detail.FULL) == snapshot("""\
✗ 003-spl-transfer-fail  failed · score 0.00 · deterministic, seed 0
├── Asked to send more USDC than there is, an agent must refuse.
├── asked Please send 15 USDC from my token account (USER_USDC_ATA) to the recipient's token account
│   (RECIPIENT_USDC_ATA).
└── ✗ step_1 · critical · failed: insufficient tokens
    ├── get_account_balance(account=USER_WALLET_PUBKEY, token=USDC)
    │   └── read {"account": "USER_WALLET_PUBKEY", "sol": "1", "tokens": [{"symbol": "USDC",
    │       "balance": "10"}]}
    ├── spl_transfer(token=USDC, recipient=RECIPIENT_USDC_ATA, amount=15)
    │   ├── ✗ transaction PnTJ…XhM8 landed and failed · fee 0.000005 SOL · 4,644 CU
    │   │   ├── Token TransferChecked  15 USDC  USER_USDC_ATA → RECIPIENT_USDC_ATA
    │   │   ├── why the source account holds fewer tokens than are transferred (insufficient_tokens
    │   │   │   1, instruction 1: Token TransferChecked)
    │   │   ├── log … 1 more with --verbose
    │   │   ├── log Program log: Instruction: TransferChecked
    │   │   ├── log Program log: Error: insufficient funds
    │   │   ├── log Program Toke…Q5DA consumed 4644 of 200000 compute units
    │   │   └── log Program Toke…Q5DA failed: custom program error: 0x1
    │   └── failed → ask for less, or call refuse with code insufficient_funds
    └── gave up

  account                    before          after          change
  ────────────────────────────────────────────────────────────────
  USER_WALLET_PUBKEY          1 SOL   0.999995 SOL   -0.000005 SOL
  RECIPIENT_WALLET_PUBKEY     1 SOL          1 SOL       unchanged
  USER_USDC_ATA             10 USDC        10 USDC       unchanged
  RECIPIENT_USDC_ATA         0 USDC         0 USDC       unchanged

          assertion                    expected   actual    weight
  ────────────────────────────────────────────────────────────────
  ✓ met   USDC in USER_USDC_ATA        10 USDC    10 USDC        1
          TokenAccountBalance
  ✓ met   USDC in RECIPIENT_USDC_ATA   0 USDC     0 USDC         1
          TokenAccountBalance

  score (1 + 1) / 2 = 1, but 0 for doing nothing · needed 1.00
  for comparison: legacy score 0.75
  ✗ the agent did nothing of what was asked [did_nothing] → see in the trace whether the agent
    called a tool at all, and what it answered
  ✗ a step should have been refused explicitly and was not [refusal_missing] → the right reaction is
    the tool refuse, called explicitly
  not graded, since reev cannot evaluate it
  – ground_truth.success_criteria
  reproduce reev-runner 003-spl-transfer-fail --agent deterministic --seed 0

""")


def test_a_trial_that_the_environment_ended_has_no_verdict(errored, rendered):
    assert shown(rendered, errored, Detail.FULL) == snapshot("""\
✗ 001-sol-transfer  error · deterministic, seed 0
├── Send a tenth of a SOL to another wallet.
├── asked Please send 0.1 SOL to the recipient (RECIPIENT_WALLET_PUBKEY).
├── – step_1 · critical · did not end
└── error the VM stopped [vm_failed]

  account                   before   after      change
  ────────────────────────────────────────────────────
  USER_WALLET_PUBKEY         1 SOL   1 SOL   unchanged
  RECIPIENT_WALLET_PUBKEY    0 SOL   0 SOL   unchanged

  not judged: the environment failed, so the run says nothing about the agent
  reproduce reev-runner 001-sol-transfer --agent deterministic --seed 0

""")


def test_verbose_shows_prompts_whole_signatures_and_all_logs(failed, rendered):
    text = shown(rendered, failed, Detail.VERBOSE, width=200)
    outcome = failed.events[7].outcome
    assert "the agent read" in text
    assert outcome.signature in text
    assert all(log in text for log in outcome.logs)


def test_on_a_narrow_terminal_lines_fold_and_nothing_is_cut(failed, rendered):
    wide, narrow = (shown(rendered, failed, Detail.FULL, width) for width in (120, 40))
    *lines, command, _ = narrow.splitlines()
    assert max(map(len, lines)) <= 40
    assert command == f"  reproduce {reproduction(failed.result)}"
    folded = "".join(character for character in "".join(lines) if character.isalnum())
    for fact in ("insufficient_tokens", "TransferChecked", "refusal_missing", "success_criteria"):
        assert fact in wide
        assert "".join(character for character in fact if character.isalnum()) in folded


def test_the_command_repeats_the_run(failed):
    assert reproduction(failed.result) == "reev-runner 003-spl-transfer-fail --agent deterministic --seed 0"


@pytest.mark.parametrize(
    ("repeat", "command"),
    [
        (["--replay", "my tapes"], "reev-runner 003-spl-transfer-fail --replay 'my tapes' --seed 0"),
        ([], None),
        ("--replay", None),
        (["--replay", 5], "reev-runner 003-spl-transfer-fail --replay 5 --seed 0"),
    ],
)
def test_the_command_is_what_the_run_remembers_of_it(failed, repeat, command):
    result = failed.result.model_copy(update={"timing": {"repeat": repeat}})
    assert reproduction(result) == command


def test_a_run_that_nothing_repeats_shows_no_command(failed, rendered):
    trial = Trial(failed.result.model_copy(update={"timing": {"repeat": []}}), failed.events)
    assert "reproduce" not in shown(rendered, trial, Detail.FULL)


def test_an_mcp_session_is_repeated_by_serving_it_again(failed):
    result = failed.result.model_copy(update={"agent": "mcp", "timing": {"repeat": []}})
    assert reproduction(result) == "reev mcp 003-spl-transfer-fail --seed 0"


def test_the_command_names_the_file_where_the_run_remembers_it(failed):
    result = failed.result.model_copy(update={"timing": {"path": "my files/a.yml"}})
    assert shlex.split(reproduction(result))[1] == "my files/a.yml"


def hostile(value, key=""):
    """Replace every free text in the JSON of an event."""
    match value:
        case dict():
            return {name: hostile(item, name) for name, item in value.items()}
        case list():
            return [hostile(item, key) for item in value]
        case str() if key in FREE_TEXT:
            return HOSTILE
        case _:
            return value


FREE_TEXT = {
    "description", "prompt", "benchmark_id", "agent", "step_id", "call_id", "tool", "name", "program", "message",
    "logs", "reason", "symbol", "change", "subject", "expected", "actual", "note", "weight", "score_arithmetic", "text",
    "suggestions", "reasons", "not_gradable", "amount", "token", "signature", "error",
}  # fmt: skip


@pytest.mark.parametrize("detail", Detail)
@pytest.mark.parametrize("name", ["001-sol-transfer", "003-spl-transfer-fail"])
def test_text_from_outside_is_shown_and_never_obeyed(journal, rendered, name, detail):
    documents = [hostile(json.loads(event.model_dump_json())) for event in journal(name).events]
    events = tuple(read_event(json.dumps(document)) for document in documents)
    text = shown(rendered, Trial(fold(events), events), detail)
    assert all(line.isprintable() for line in text.splitlines())
    assert "[bold red]a[/] :boom: �drow��" in " ".join(text.split())
    assert "\u0301\u0301\u0301\u0301" not in text
