import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_runner.cli._known_settings import RECOVERY_SETTINGS
from reev_runner.cli._settings import Value, resolve
from reev_types.errors import FilePlace, UsageError


def write(text, name="reev.toml"):
    Path(name).write_text(text)
    return Path(name)


def refusal(flags=(), environment=(), file=None) -> UsageError:
    with pytest.raises(UsageError) as caught:
        resolve(dict(flags), dict(environment), file)
    return caught.value


def test_without_anything_the_defaults_hold():
    settings = resolve({}, {}, None)
    assert (settings.agent, settings.seed, settings.out) == ("deterministic", 0, Path("runs"))
    assert {value.origin for value in settings.values.values()} == {"default"}


def test_a_flag_beats_a_variable_beats_the_file_beats_the_default():
    write('agent = "a"\nseed = 1\nout = "from file"\n')
    settings = resolve({"agent": "c", "seed": None}, {"REEV_AGENT": "b", "REEV_SEED": "2"}, None)
    recovery = {each.key: Value(each.default, "default") for each in RECOVERY_SETTINGS}
    assert settings.values == recovery | {
        "agent": Value("c", "--agent"),
        "seed": Value(2, "REEV_SEED"),
        "out": Value("from file", "reev.toml:3:1"),
        "templates": Value("", "default"),
        "dynamic_flows": Value("bridge, direct, recovery", "default"),
    }


def test_a_named_file_is_read_instead_of_the_one_in_the_folder():
    write("seed = 1\n")
    assert resolve({}, {}, write("seed = 2\n", "other.toml")).seed == 2


def test_an_empty_variable_counts_as_unset():
    assert resolve({}, {"REEV_SEED": ""}, None).seed == 0


@given(st.integers(min_value=0, max_value=2**64 - 1))
def test_every_seed_of_64_bits_is_taken(seed):
    assert resolve({"seed": str(seed)}, {}, None).seed == seed


@pytest.mark.parametrize("seed", ["-1", str(2**64), "1.0", "1e3", "0x1", "١", " 1", "1_000", "", "9" * 5_000])
def test_what_is_no_seed_is_refused_with_the_flag_that_said_so(seed):
    error = refusal({"seed": seed})
    assert error.code == "bad_seed"
    assert error.message.startswith("--seed: expected a whole number from 0 to 18446744073709551615")
    assert len(error.message) < 200


def test_a_bad_variable_is_named():
    assert refusal(environment={"REEV_SEED": "x"}).message.startswith("REEV_SEED: expected a whole number")


@pytest.mark.parametrize("value", ["true", "1.5", "-1", '"x"', "[1]", "2026-01-01"])
def test_a_seed_of_another_type_is_refused_with_its_place(value):
    error = refusal(file=write(f"# the seed\nseed = {value}\n"))
    assert (error.code, error.place) == ("bad_seed", FilePlace("reev.toml", 2, 1))


@pytest.mark.parametrize("value", ["3", '""', '"  "', "[]"])
def test_an_agent_that_is_no_text_is_refused(value):
    assert refusal(file=write(f"agent = {value}\n")).code == "bad_agent"


@pytest.mark.parametrize("folder", ["a\0b", os.fsdecode(b"caf\xe9")])
def test_a_folder_that_no_report_can_name_is_refused(folder):
    assert refusal({"out": folder}).code == "bad_out"


def test_a_folder_with_nul_is_refused_where_the_file_says_so():
    error = refusal(file=write('out = "a\\u0000b"\n'))
    assert (error.code, error.place) == ("bad_out", FilePlace("reev.toml", 1, 1))


def test_a_misspelt_key_is_an_error_with_its_place_and_the_right_one():
    error = refusal(file=write("seed = 1\n  agnet = 'x'\n"))
    assert (error.code, error.place) == ("unknown_setting", FilePlace("reev.toml", 2, 3))
    assert error.suggestions == ("did you mean agent?",)


@pytest.mark.parametrize("text", ["[runner]\nseed = 1\n", "[[runner]]\n", "runner.seed = 1\n", '"runner" = 1\n'])
def test_an_unknown_section_is_an_error_with_its_place(text):
    error = refusal(file=write(text))
    assert isinstance(error.place, FilePlace)
    assert (error.code, error.place.line) == ("unknown_setting", 1)
    assert error.suggestions == ("reev config shows them all",)


def test_what_is_not_toml_is_refused_with_its_place():
    error = refusal(file=write("seed = 1\nagent =\n"))
    assert error.code == "bad_configuration"
    assert isinstance(error.place, FilePlace)
    assert error.place.line == 2


def test_a_named_file_that_is_missing_is_an_error():
    error = refusal(file=Path("missing.toml"))
    assert str(error) == "missing.toml: cannot be read: No such file or directory [bad_configuration]"


@pytest.mark.parametrize("content", [b"\xff\xfe", b"#" * 70_000], ids=["binary", "huge"])
def test_a_file_that_is_no_configuration_is_refused(content):
    Path("odd.toml").write_bytes(content)
    assert refusal(file=Path("odd.toml")).code == "bad_configuration"


def test_a_folder_is_no_configuration(tmp_path):
    assert refusal(file=tmp_path).code == "bad_configuration"
