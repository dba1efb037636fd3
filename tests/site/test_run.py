"""The front door, from outside: what a person sees who types ./run."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import BASE


@pytest.fixture
def checkout(tmp_path):
    """The front door alone, in a folder with a space in its name."""
    folder = tmp_path / "my pictures"
    folder.mkdir()
    for name in ("run", "Makefile", *(path.name for path in BASE.glob("requirements*.txt"))):
        shutil.copy(BASE / name, folder / name)
    return folder


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, **environment}
    return subprocess.run(command, cwd=cwd, env=surroundings, check=False, capture_output=True, text=True, timeout=120)


def fingerprint(checkout: Path) -> str:
    """What the front door would write down after installing these pins."""
    load = f"door = importlib.machinery.SourceFileLoader('door', {str(checkout / 'run')!r}).load_module()"
    code = f"import importlib.machinery; {load}; print(door.fingerprint(), end='')"
    done = run(sys.executable, "-B", "-W", "ignore", "-c", code, cwd=checkout)
    assert done.returncode == 0, done.stderr
    return done.stdout


def executable(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("arguments", [[], ["dance"]])
def test_an_unknown_word_is_answered_with_those_there_are(checkout, arguments):
    done = run("./run", *arguments, cwd=checkout)

    assert done.returncode == 2
    assert {"up", "setup", "test", "lint"} <= set(done.stdout.split())


def test_it_works_without_make_and_from_anywhere(checkout, tmp_path):
    assert run(sys.executable, checkout / "run", "--help", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("command", [["./run", "up"], [sys.executable, "run", "up"], ["make", "run"]])
def test_a_taken_port_is_refused_before_anything_is_installed(checkout, command):
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        done = run(*command, cwd=checkout, PORT=str(port))

    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == (
        f"Port {port} is taken: set PORT to a free one, or leave it out and one is found."
    )
    assert not (checkout / ".venv").exists()


def test_a_missing_venv_package_is_named(checkout, tmp_path):
    """Debian's python3 without python3-venv: the module is there, says so and fails."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "venv.py").write_text("raise SystemExit('ensurepip is not available')")

    done = run(sys.executable, "run", "setup", cwd=checkout, PYTHONPATH=str(tmp_path / "broken"))

    assert done.returncode == 2
    assert "python3-venv" in done.stderr


def test_an_old_python_looks_for_a_newer_one(checkout, tmp_path):
    """What runs under an old Python is the part before the imports of newer things."""
    newer = executable(tmp_path / "python3.11", 'echo "newer: $2"')
    head = (checkout / "run").read_text().partition("\nfrom pathlib")[0]
    (checkout / "run").write_text(head.replace("sys.version_info >= (3, 11)", "False"))

    done = run(sys.executable, "run", "up", cwd=checkout, PATH=f"{newer.parent}:{os.environ['PATH']}")

    assert done.stdout == "newer: up\n"


def test_an_old_python_alone_is_refused_in_one_sentence(checkout):
    head = (checkout / "run").read_text().partition("\nfrom pathlib")[0]
    (checkout / "run").write_text(head.replace("sys.version_info >= (3, 11)", "False"))

    done = run(sys.executable, "run", "up", cwd=checkout, PATH="/nowhere")

    assert done.returncode == 1
    assert done.stderr.startswith("VisRec needs Python 3.11 or newer; this is 3.")


def test_nothing_is_installed_while_the_pins_are_unchanged(checkout):
    """A stamp with the pins' fingerprint stands for the packages: the rest of the setup starts at once."""
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    executable(python, 'echo "$2" >> asked')
    (checkout / ".venv" / "installed-requirements.txt").write_text(fingerprint(checkout))

    done = run("./run", "setup", cwd=checkout)

    assert done.returncode == 0, done.stderr
    assert (checkout / "asked").read_text().split() == ["migrate", "build_eyes", "collectstatic"]


def test_changed_pins_are_noticed(checkout):
    before = fingerprint(checkout)
    with (checkout / "requirements-web.txt").open("a") as pins:
        pins.write("another==1.0\n")

    assert before != fingerprint(checkout)


def test_a_failing_step_shows_what_it_said(checkout):
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    executable(python, 'echo "the disk is on fire"; exit 1')
    (checkout / ".venv" / "installed-requirements.txt").write_text(fingerprint(checkout))

    done = run("./run", "setup", cwd=checkout)

    assert done.returncode == 1
    assert "the disk is on fire" in done.stderr
    assert "manage.py migrate failed" in done.stderr
