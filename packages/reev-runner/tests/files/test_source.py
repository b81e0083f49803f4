import os
import socket
from pathlib import Path

import pytest

from reev_runner.files._source import MAX_BYTES, read_text
from reev_types.errors import BenchmarkError


def refusal(path: Path) -> BenchmarkError:
    with pytest.raises(BenchmarkError) as caught:
        read_text(path)
    return caught.value


def test_text_is_read_without_a_byte_order_mark(tmp_path: Path):
    path = tmp_path / "b.yml"
    path.write_bytes("\ufeffid: grüße\n".encode())
    assert read_text(path) == "id: grüße\n"


def test_a_file_of_the_greatest_size_is_read_and_one_more_byte_is_refused(tmp_path: Path):
    path = tmp_path / "b.yml"
    path.write_bytes(b"a" * MAX_BYTES)
    assert len(read_text(path)) == MAX_BYTES
    path.write_bytes(b"a" * (MAX_BYTES + 1))
    assert str(refusal(path)) == f"{path}: expected at most 256 KiB [file_too_large]"


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path):
    path = tmp_path / "b.yml"
    with path.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)  # sparse: zeros would be refused as no text if they were looked at
    assert refusal(path).code == "file_too_large"


@pytest.mark.skipif(not Path("/proc/kallsyms").exists(), reason="needs a file that does not report its size")
def test_a_file_that_reports_no_size_is_read_no_further_than_the_limit():
    assert Path("/proc/kallsyms").stat().st_size == 0
    assert refusal(Path("/proc/kallsyms")).code == "file_too_large"


def test_bytes_that_are_no_utf8_are_refused_where_they_stand(tmp_path: Path):
    path = tmp_path / "b.yml"
    path.write_bytes("id: ü\nx: ".encode() + b"\xff")
    error = refusal(path)
    assert (error.code, str(error.place)) == ("not_text", f"{path}:2:4")


def test_control_characters_are_refused_where_they_stand(tmp_path: Path):
    path = tmp_path / "b.yml"
    path.write_bytes(b"id: a\nb: \0")
    assert str(refusal(path)) == f"{path}:2:4: expected text, found the character '\\x00' [not_text]"


def test_a_missing_file_and_an_impossible_name_are_refused(tmp_path: Path):
    assert refusal(tmp_path / "none.yml").code == "no_such_file"
    assert refusal(Path("a\0b")).code == "unreadable_file"


def test_a_directory_is_refused(tmp_path: Path):
    assert refusal(tmp_path).code == "not_a_file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no named pipes")
def test_a_pipe_without_a_writer_is_refused_at_once(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").code == "not_a_file"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device")
def test_a_device_is_refused():
    assert refusal(Path("/dev/zero")).code == "not_a_file"


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this platform has no local sockets")
def test_a_file_that_cannot_be_opened_is_refused_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)  # the name of a socket may have 107 bytes
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")
        error = refusal(Path("s"))
    assert error.code == "unreadable_file"
    assert error.message.startswith("cannot be read: ")
