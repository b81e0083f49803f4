"""Recovery on the command line: every field of its configuration, what goes together, and what is recorded."""

import json
from pathlib import Path

import pytest

from reev_runner.cli._known_settings import RECOVERY_SETTINGS, shown_value
from reev_runner.cli._recovery_options import RecoverySettingFlags
from reev_runner.cli._settings import resolve
from reev_types.errors import UsageError
from reev_types.recovery import RecoveryConfig

SWAP = "swap 0.1 SOL to USDC"
OTHER = {
    "base_retry_delay_ms": "7",
    "max_retry_delay_ms": "70",
    "backoff_multiplier": "1.5",
    "max_recovery_time_ms": "700",
    "max_step_recovery_time_ms": "600",
    "enable_retry": "false",
    "retry_attempts": "0",
    "enable_alternative_flows": "true",
    "enable_user_fulfillment": "true",
    "question_timeout_ms": "9",
    "default_answer": "skip",
    "max_recovery_slippage_bps": "250",
}
"""A value for each setting that is not the default."""
EVERYTHING = [
    word
    for each in RECOVERY_SETTINGS
    for word in (
        [each.given_by(OTHER[each.key] == "true")] if isinstance(each.default, bool) else [each.flag, OTHER[each.key]]
    )
]


def first_event():
    (journal,) = Path("runs").glob("*/journal.jsonl")
    return json.loads(journal.read_text().splitlines()[0])


def test_every_field_of_the_configuration_has_a_setting_with_its_default():
    assert {each.field: each.default for each in RECOVERY_SETTINGS} == RecoveryConfig().model_dump()
    assert {each.key for each in RECOVERY_SETTINGS} == set(RecoverySettingFlags._fields)
    assert resolve({}, {}, None).recovery == RecoveryConfig()


def test_every_setting_is_taken_from_flags(reev_runner):
    assert reev_runner("001", "--recovery", *EVERYTHING).exit_code == 0
    config = RecoveryConfig.model_validate(first_event()["flow"]["case"]["recovery"])
    assert config == resolve(OTHER, {}, None).recovery
    assert all(getattr(config, name) != default for name, default in RecoveryConfig().model_dump().items())


def test_every_setting_is_taken_from_variables(reev_runner, monkeypatch):
    for each in RECOVERY_SETTINGS:
        monkeypatch.setenv(each.variable, OTHER[each.key])
    assert reev_runner("001", "--recovery").exit_code == 0
    config = RecoveryConfig.model_validate(first_event()["flow"]["case"]["recovery"])
    assert config == resolve(OTHER, {}, None).recovery


def test_every_setting_is_taken_from_a_file(reev_runner):
    text = [f"{key} = {json.dumps(value) if key == 'default_answer' else value}\n" for key, value in OTHER.items()]
    Path("reev.toml").write_text("".join(text))
    assert reev_runner("001", "--recovery").exit_code == 0
    config = RecoveryConfig.model_validate(first_event()["flow"]["case"]["recovery"])
    assert config == resolve(OTHER, {}, None).recovery


def test_settings_without_recovery_change_nothing(reev_runner, monkeypatch):
    monkeypatch.setenv("REEV_RETRY_ATTEMPTS", "5")
    assert reev_runner("001").exit_code == 0
    assert "flow" not in first_event()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("retry_attempts", "101"),
        ("retry_attempts", "-1"),
        ("backoff_multiplier", "0.5"),
        ("backoff_multiplier", "nan"),
        ("max_recovery_time_ms", "1s"),
        ("max_recovery_slippage_bps", "10001"),
        ("default_answer", "change_amount"),
        ("enable_retry", "maybe"),
    ],
)
def test_a_value_out_of_range_is_refused_with_one_that_is_not(key, value):
    setting = next(each for each in RECOVERY_SETTINGS if each.key == key)
    for flags, environment, told in (
        ({key: value}, {}, f"{setting.flag} {shown_value(setting.default)}"),
        ({}, {setting.variable: value}, f"{setting.variable}={shown_value(setting.default)}"),
    ):
        with pytest.raises(UsageError) as caught:
            resolve(flags, environment, None)
        assert (caught.value.code, caught.value.suggestions) == (f"bad_{key}", (told,))


@pytest.mark.parametrize("text", ["retry_attempts = 1.5", "enable_retry = 1", 'default_answer = ""'])
def test_a_file_shows_the_default_as_it_would_write_it(text):
    Path("reev.toml").write_text(f"{text}\n")
    with pytest.raises(UsageError) as caught:
        resolve({}, {}, None)
    hint = {"retry_attempts": "= 3", "enable_retry": "= true", "default_answer": '= "abort"'}
    assert caught.value.suggestions == (f"{text.split()[0]} {hint[text.split()[0]]}",)


def test_recovery_alone_runs_a_sentence_directly(reev_runner):
    result = reev_runner("--recovery", "--prompt", SWAP, "--wallet", "demo:balanced", "--agent", "deterministic")
    assert result.exit_code == 0
    assert f"reproduce reev exec --direct '{SWAP}' --wallet demo:balanced --recovery" in result.stdout


@pytest.mark.parametrize("mode", ["--direct", "--dynamic"])
def test_recovery_goes_with_either_mode(reev_runner, mode):
    assert reev_runner(mode, "--recovery", "--prompt", SWAP).exit_code == 0
    assert first_event()["flow"]["case"]["recovery"] == RecoveryConfig().to_json()


def test_recovery_works_on_a_benchmark_with_another_prompt(reev_runner):
    assert reev_runner("001", "--recovery", "--prompt", "pay the rent").exit_code == 0
    assert first_event()["flow"]["case"]["prompt"] == "pay the rent"


def test_with_no_fault_recovery_changes_neither_score_nor_chain(reev_runner):
    without, with_recovery = (
        json.loads(reev_runner("200", *more, "--json").stdout)["results"][0] for more in ([], ["--recovery"])
    )
    assert without["judgement"] == with_recovery["judgement"]
    assert without["run_hash"] == with_recovery["run_hash"]


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (
            ["--atomic-mode", "lenient", "--prompt", "swap then lend"],
            2,
            "ask_token",
        ),
        (
            ["--atomic-mode", "conditional", "--enable-alternative-flows", "--prompt", "complex DeFi operation"],
            2,
            "ask_action",
        ),
        (
            [
                *("--atomic-mode", "lenient", "--max-recovery-time-ms", "60000", "--enable-alternative-flows"),
                *("--enable-user-fulfillment", "--retry-attempts", "5", "--prompt", "high-value transaction"),
            ],
            2,
            "ask_action",
        ),
        (["--atomic-mode", "lenient", "--prompt", "swap 0.1 SOL to USDC then lend it"], 0, ""),
        (["--atomic-mode", "conditional", "--enable-alternative-flows", "--prompt", SWAP], 0, ""),
        (
            [
                *("--atomic-mode", "lenient", "--max-recovery-time-ms", "60000", "--enable-alternative-flows"),
                *("--enable-user-fulfillment", "--retry-attempts", "5", "--prompt", "swap 10 SOL to USDC"),
                *("--wallet", "demo:defi_power"),
            ],
            0,
            "",
        ),
    ],
)
def test_the_runner_takes_the_recovery_flags_of_the_mission(reev_runner, arguments, status, code):
    wallet = [] if "--wallet" in arguments else ["--wallet", "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"]
    agent = "glm-4.6-coding" if status else "deterministic"
    result = reev_runner("--recovery", *arguments, *wallet, "--agent", agent)
    assert result.exit_code == status
    assert not code or f"[{code}]" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "example"),
    [
        (["001", "--retry-attempts", "2"], "no_recovery", "--recovery"),
        (["001", "--no-retry"], "no_recovery", "--no-retry"),
        (["--direct", "--prompt", SWAP, "--enable-alternative-flows"], "no_recovery", "--recovery"),
        (["001", "--alternatives", "a.yml"], "no_recovery", "--alternatives FILE"),
        (["001", "--recovery", "--alternatives", "a.yml"], "no_alternative_flows", "--enable-alternative-flows"),
        (["001", "--recovery", "--retry-attempts", "500"], "bad_retry_attempts", "--retry-attempts 3"),
        (["--recovery"], "nothing_to_run", "reev list"),
        (["--recovery", "--direct"], "missing_prompt", "--prompt"),
        (
            ["001", "--recovery", "--enable-alternative-flows", "--alternatives", "missing.yml"],
            "unreadable_alternatives",
            "",
        ),
    ],
)
def test_what_does_not_go_together_is_refused_with_a_way_out(reev_runner, arguments, code, example):
    result = reev_runner(*arguments)
    assert result.exit_code == 2
    assert f"[{code}]" in result.stderr
    assert example in result.stderr.partition("→")[2] or not example
    assert not Path("runs").exists()


@pytest.mark.parametrize("arguments", [["--atomic-mode", "lenient"], ["--on-abort", "rollback"]])
def test_mode_and_abort_work_without_recovery(reev_runner, arguments):
    result = reev_runner("200", *arguments)
    assert result.exit_code == 0
    assert f"--agent deterministic {' '.join(arguments)} --seed 0" in result.stdout


def test_the_mode_of_a_sentence_is_that_of_its_flow(reev):
    assert reev("exec", SWAP, "--recovery", "--atomic-mode", "conditional").exit_code == 0
    assert first_event()["flow"]["case"]["atomic_mode"] == "conditional"


def test_switched_off_recovery_is_refused_with_the_way_to_switch_it_on(reev_runner, monkeypatch):
    monkeypatch.setenv("REEV_DYNAMIC_FLOWS", "direct")
    for arguments in (["001", "--recovery"], ["001", "--retry-attempts", "2"]):
        result = reev_runner(*arguments)
        assert result.exit_code == 2
        assert "[mode_switched_off] → REEV_DYNAMIC_FLOWS=direct,recovery" in result.stderr


def test_switched_off_recovery_leaves_the_help(reev_runner, monkeypatch):
    words = ("--recovery ", "--alternatives ", "--no-retry ", "--question-timeout-ms ")
    assert all(word in reev_runner("--help").stdout for word in words)
    monkeypatch.setenv("REEV_DYNAMIC_FLOWS", "direct, bridge")
    shown = reev_runner("--help").stdout
    assert not any(f"  {word}" in shown for word in words)
    assert "--atomic-mode" in shown
    assert "--resume" in shown


def test_alternatives_of_a_file_come_before_those_of_reev(reev_runner):
    Path("own.yml").write_text("- {id: halves, triggers: [slippage], rewrite: {kind: split_amount, parts: 2}}\n")
    arguments = ["001", "--recovery", "--enable-alternative-flows", "--alternatives", "own.yml"]
    result = reev_runner(*arguments)
    assert result.exit_code == 0
    assert "--enable-alternative-flows --alternatives own.yml --seed 0" in result.stdout
    ids = [each["id"] for each in first_event()["flow"]["alternatives"]]
    assert (ids[0], len(ids) > 1) == ("halves", True)


def test_what_recovers_says_how_it_is_repeated_and_is(reev_runner):
    first = json.loads(reev_runner("429", "--recovery", *EVERYTHING, "--json").stdout)["results"][0]
    again = reev_runner("429-too-many-requests", *first["timing"]["repeat"], "--json")
    assert json.loads(again.stdout)["results"][0]["run_hash"] == first["run_hash"]
    assert [word for word in first["timing"]["repeat"] if word.startswith("--")][1] == "--recovery"
