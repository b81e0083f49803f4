import os

import pytest

from reev_runner.dynamic import _bridge_file
from reev_runner.dynamic._bridge_file import sweep, written
from reev_runner.files import generated_text

BODY = "id: x\n"
NOW_S = 1_000_000.0


@pytest.fixture
def left(tmp_path):
    """Leave a file behind as a killed process would."""

    def left(name="dynamic-20261122-120000-1f2e.yml", text=None, age_s=0.0):
        path = tmp_path / name
        path.write_text(generated_text(BODY, "temporary") if text is None else text)
        os.utime(path, (NOW_S - age_s, NOW_S - age_s))
        return path

    return left


def test_what_nobody_holds_is_swept(left, tmp_path):
    path = left()
    assert sweep(tmp_path, NOW_S) == (path,)
    assert not path.exists()


def test_what_a_run_needs_is_left(tmp_path):
    path = tmp_path / "dynamic-s.yml"
    with written(generated_text(BODY, "temporary"), path):
        assert sweep(tmp_path, NOW_S) == ()
        assert path.read_text().endswith(BODY)
    assert sweep(tmp_path, NOW_S) == (path,)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("dynamic-s.yml", generated_text(BODY, "kept")),
        ("dynamic-s.yml", BODY),
        ("dynamic-s.yml", ""),
        ("my-dynamic-s.yml", None),
        ("dynamic-s.yaml", None),
        ("dynamic-.yml", None),
        ("dynamic-s\n.yml", None),
    ],
)
def test_what_the_bridge_did_not_leave_is_not_swept(left, tmp_path, name, text):
    left(name, text)
    assert sweep(tmp_path, NOW_S) == ()


def test_links_folders_and_pipes_are_not_swept(left, tmp_path):
    target = left("target")
    (tmp_path / "dynamic-a.yml").symlink_to(target)
    (tmp_path / "dynamic-b.yml").mkdir()
    os.mkfifo(tmp_path / "dynamic-c.yml")
    assert sweep(tmp_path, NOW_S) == ()
    assert len(list(tmp_path.iterdir())) == 4


def test_files_of_others_are_not_swept(left, tmp_path, monkeypatch):
    left()
    monkeypatch.setattr(os, "getuid", lambda: 4_711)
    assert sweep(tmp_path, NOW_S) == ()


def test_a_file_that_is_being_written_is_swept_only_when_it_is_old(left, tmp_path):
    path = left("dynamic-s.yml.part", text="", age_s=30)
    assert sweep(tmp_path, NOW_S) == ()
    assert sweep(tmp_path, NOW_S + 60) == (path,)


def test_a_folder_that_cannot_be_listed_is_no_error(tmp_path):
    assert sweep(tmp_path / "missing", NOW_S) == ()


def test_a_file_system_without_links_serves_too(tmp_path, monkeypatch):
    def link(source, target):
        raise PermissionError("no links here")

    monkeypatch.setattr(_bridge_file.os, "link", link)
    with written("text", tmp_path / "dynamic-s.yml"):
        assert [path.name for path in tmp_path.iterdir()] == ["dynamic-s.yml"]
