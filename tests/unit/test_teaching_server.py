"""`fremskudt teach`: a fresh copy, this machine only, a token, and clear words when it cannot."""

import importlib.util
import os
import re
import socket
import sys
from pathlib import Path

import pytest

from fremskudt.cli import main
from fremskudt.errors import WrongUsage
from fremskudt.teaching import serving
from fremskudt.teaching.contents import contents, with_contents
from fremskudt.workspace import HANDBOOK


def test_every_start_has_a_copy_of_its_own(tmp_path):
    first = serving.fresh_copy(tmp_path / "hjem")
    (first / "svar").mkdir()
    second = serving.fresh_copy(tmp_path / "hjem")
    assert (first.name, second.name) == ("kursus-1", "kursus-2")
    assert not (second / "svar").exists()
    assert {path.name for path in second.glob("*.ipynb")} == {
        path.name for path in serving.COURSE.glob("*.ipynb")
    }
    assert (second / "birkelund" / "cases.csv").is_file()


@pytest.mark.parametrize("place", ["", "notebooks/training", "_build/kursus"])
def test_nobody_works_in_the_handbooks_own_folder(place):
    with pytest.raises(WrongUsage, match="uden for håndbogens egen"):
        serving.fresh_copy(HANDBOOK / place)


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "fil").write_text("", encoding="utf-8")
    with pytest.raises(WrongUsage, match="--folder"):
        serving.fresh_copy(tmp_path / "fil" / "mappe")


def test_a_number_that_is_taken_in_the_same_moment_is_passed_over(tmp_path, monkeypatch):
    (tmp_path / "kursus-1").mkdir()
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(()))  # as it looked just before
    assert serving.fresh_copy(tmp_path).name == "kursus-2"


def test_a_folder_that_cannot_be_listed_is_told(tmp_path, monkeypatch):
    def closed(*_args, **_options):
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", closed)
    monkeypatch.setattr(Path, "mkdir", closed)
    with pytest.raises(WrongUsage, match="--folder"):
        serving.fresh_copy(tmp_path)


def test_a_copy_that_could_not_be_finished_is_not_left_behind(tmp_path, monkeypatch):
    def full(*_args, **_options):
        raise OSError

    monkeypatch.setattr(serving, "faulty_delivery", full)
    with pytest.raises(WrongUsage, match="plads på disken"):
        serving.fresh_copy(tmp_path)
    assert list(tmp_path.iterdir()) == []


def left_with(home, capsys, *options):
    """The exit code of `fremskudt teach` and what it said to one who has a problem."""
    with pytest.raises(SystemExit) as stop:
        main(["teach", "--no-browser", "--folder", str(home), *options])
    return stop.value.code, capsys.readouterr().err


def test_a_start_that_cannot_succeed_leaves_no_folder(tmp_path, capsys, monkeypatch):
    code, said = left_with(tmp_path / "hjem", capsys, "--port", "99999")
    assert code == 2
    assert "kan ikke bruges" in said
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    code, said = left_with(tmp_path / "hjem", capsys)
    assert code == 2
    assert "requirements-teach.txt" in said
    assert not (tmp_path / "hjem").exists()


@pytest.fixture
def instead(monkeypatch):
    """Start a program of a line instead of the course's server."""

    def put(line):
        program = (sys.executable, "-c", line)
        monkeypatch.setattr(
            serving,
            "server",
            lambda folder, *_: serving.Server(folder, program, "http://127.0.0.1:1/"),
        )

    return put


def test_a_server_that_goes_down_is_told(tmp_path, capsys, instead):
    instead("raise SystemExit(3)")
    code, said = left_with(tmp_path, capsys)
    assert code == 1
    assert "gik ned (kode 3)" in said
    assert "kursus-1" in said


def test_a_server_that_is_shut_down_is_no_error(tmp_path, capsys, instead):
    instead("pass")
    main(["teach", "--no-browser", "--folder", str(tmp_path)])
    assert capsys.readouterr().err == ""


def test_a_course_that_is_stopped_is_told_as_stopped(tmp_path, capsys, instead, monkeypatch):
    def stopped(*_args):
        raise KeyboardInterrupt

    instead("import time; time.sleep(60)")
    monkeypatch.setattr(serving, "open_when_ready", stopped)
    with pytest.raises(SystemExit) as stop:
        main(["teach", "--folder", str(tmp_path)])
    assert stop.value.code == 130
    assert "gik ned" not in capsys.readouterr().err


@pytest.mark.parametrize("is_app", [False, True])
def test_the_server_answers_to_this_machine_only_and_asks_for_a_token(tmp_path, is_app):
    found = serving.server(tmp_path, is_app)
    other = serving.server(tmp_path, is_app)
    command = " ".join(found.command)
    token = found.address.split("token=")[1]
    assert found.address.startswith("http://127.0.0.1:")
    assert "ip=127.0.0.1" in command
    assert f"token={token}" in command
    assert len(token) >= 16
    assert token not in other.address
    assert str(tmp_path) in command


def test_a_port_that_is_taken_is_told(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(WrongUsage, match="kan ikke bruges"):
            serving.server(tmp_path, False, taken.getsockname()[1])
    with pytest.raises(WrongUsage, match="kan ikke bruges"):
        serving.server(tmp_path, False, 99_999)


def test_missing_packages_are_told_with_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(WrongUsage, match=r"voila.*requirements-teach\.txt"):
        serving.server(tmp_path, True)


def test_the_answers_of_the_course_are_not_laid_before_a_participant(tmp_path):
    assert list(serving.fresh_copy(tmp_path).rglob("*.yml")) == [
        *(tmp_path / "kursus-1").rglob("municipality.yml")
    ]


def test_what_somebody_has_set_for_other_work_does_not_reach_the_course(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", "/et/andet/sted")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/et/tredje/sted")
    monkeypatch.setenv("JUPYTER_PATH", "/der/hvor/kernen/er")
    variables = serving.server(tmp_path, False).environment
    assert variables["JUPYTER_CONFIG_DIR"].startswith(str(tmp_path))
    assert "sted" not in variables["JUPYTER_CONFIG_PATH"]
    assert variables["JUPYTER_PATH"].endswith(f"{os.pathsep}/der/hvor/kernen/er")


def test_the_list_of_modules_has_every_notebook_with_its_own_title():
    assert [one.number for one in contents()] == [1, 2, 3, 4, 5, 6]
    assert {one.notebook for one in contents()} == {
        path.name for path in serving.COURSE.glob("[0-9]*.ipynb")
    }
    assert contents()[0].title == "Hvem er i målgruppen?"
    page = {"baseUrl": "/"}
    assert with_contents(page, base_url="/")["course"][5]["title"] == "Midtvejsjustering"
    assert page["course"][4]["minutes"] == 60


def test_the_page_of_welcome_links_to_every_module_by_its_title():
    text = (serving.COURSE / serving.WELCOME).read_text(encoding="utf-8")
    assert re.findall(r"\[(.+)\]\((.+)\)", text) == [
        *((one.title, one.notebook) for one in contents()),
        ("samle de svar", "saml-svar.ipynb"),
    ]


@pytest.mark.parametrize(("waiting", "delay"), [(1, 1), (25, 15)])
def test_many_who_come_at_once_are_served_before_new_kernels_are_started(tmp_path, waiting, delay):
    command = serving.server(tmp_path, True, waiting=waiting).command
    assert f"--pool_size={waiting}" in command
    assert f"--VoilaKernelManager.fill_delay={delay}" in command
