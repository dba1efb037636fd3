import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tests.site.processes import descendants, is_gone
from tests.waiting import eventually
from visrec_site.supervisor import address, broker
from visrec_site.supervisor.logs import ProgramLog, Voice
from visrec_site.supervisor.loop import Supervisor
from visrec_site.supervisor.programs import Program

FOREVER = "import signal; signal.pause()"


def python(name: str, code: str, **fields) -> Program:
    return Program(name=name, argv=[sys.executable, "-c", code], **fields)


@pytest.fixture
def supervisor(tmp_path):
    return Supervisor(log_folder=tmp_path / "log", environment={"GREETING": "hello"})


def run_until(supervisor: Supervisor, condition, *, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds

    def look() -> None:
        if condition() or time.monotonic() > deadline:
            supervisor.stop()

    supervisor.run(look)
    assert time.monotonic() <= deadline


# Keeping programs running


def test_a_killed_program_is_started_again(supervisor, tmp_path):
    pids = tmp_path / "pids"
    supervisor.add(
        python("victim", f"import os; print(os.getpid(), file=open({str(pids)!r}, 'a'), flush=True); {FOREVER}")
    )
    killed = []

    def killed_and_back() -> bool:
        seen = [int(line) for line in pids.read_text().split()] if pids.exists() else []
        if len(seen) == 1 and not killed:
            killed.append(seen[0])
            os.kill(seen[0], signal.SIGKILL)
        return len(seen) == 2

    run_until(supervisor, killed_and_back)


def test_what_ends_by_itself_is_left_in_peace(supervisor, tmp_path):
    runs = tmp_path / "runs"
    supervisor.add(python("once", f"open({str(runs)!r}, 'a').write('x')", once=True))

    run_until(supervisor, lambda: supervisor.finished("once"))

    assert runs.read_text() == "x"


def test_what_should_end_well_is_tried_again_after_a_failure(supervisor, tmp_path):
    runs = tmp_path / "runs"
    code = f"import os, sys; open({str(runs)!r}, 'a').write('x'); sys.exit(os.path.getsize({str(runs)!r}) < 2)"
    supervisor.add(python("once", code, once=True))

    run_until(supervisor, lambda: supervisor.finished("once"))

    assert runs.read_text() == "xx"


def test_a_program_that_keeps_dying_is_mended(supervisor):
    mended = []
    supervisor.add(python("broken", "raise SystemExit(1)", mend=lambda: mended.append(True)))

    run_until(supervisor, lambda: mended)


def test_programs_get_the_environment_they_are_promised(supervisor, tmp_path):
    said = tmp_path / "said"
    names = "GREETING", "OWN", "OPENBLAS_NUM_THREADS"
    code = f"import os; open({str(said)!r}, 'w').write(' '.join(os.environ[name] for name in {names!r}))"
    supervisor.add(python("once", code, once=True, environment={"OWN": "mine"}))

    run_until(supervisor, lambda: supervisor.finished("once"))

    assert said.read_text() == "hello mine 1"


# Ending


def test_the_last_program_ends_after_the_others(supervisor, tmp_path):
    ends = tmp_path / "ends"
    polite = (
        "import signal, sys, time\n"
        f"def end(*_): time.sleep(0.3); print(sys.argv[1], file=open({str(ends)!r}, 'a')); sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        f"print('up', file=open({str(ends)!r}, 'a'), flush=True)\n"
        "while True: signal.pause()"
    )
    for name, last in (("broker", True), ("worker", False)):
        supervisor.add(Program(name=name, argv=[sys.executable, "-c", polite, name], last=last))

    run_until(supervisor, lambda: ends.exists() and ends.read_text().count("up") == 2)

    assert ends.read_text().split()[2:] == ["worker", "broker"]


def test_a_program_that_will_not_end_is_killed(supervisor, tmp_path):
    pid = tmp_path / "pid"
    deaf = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"print(os.getpid(), file=open({str(pid)!r}, 'w'), flush=True)\n"
        "while True: signal.pause()"
    )
    supervisor.add(python("deaf", deaf))

    started = time.monotonic()
    run_until(supervisor, lambda: pid.exists() and pid.read_text(), seconds=20)

    assert time.monotonic() - started < 10
    assert not psutil.pid_exists(int(pid.read_text()))


HOUSE = """
import sys
from pathlib import Path
from visrec_site.supervisor.loop import Supervisor
from visrec_site.supervisor.programs import Program

FORKING = '''
import os, signal, sys
sys.path.insert(0, {base!r})
from visrec_site import lifeline
parent = os.getpid()
if os.fork() == 0:
    lifeline.tie_to_parent(parent)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True: signal.pause()
'''
supervisor = Supervisor(log_folder=Path(sys.argv[1]), environment={{}})
for name in "ab":
    supervisor.add(Program(name=name, argv=[sys.executable, "-c", FORKING]))
supervisor.run(lambda: None)
"""


def test_a_killed_supervisor_leaves_nobody_behind(tmp_path):
    house = subprocess.Popen([sys.executable, "-c", HOUSE.format(base=str(Path.cwd())), str(tmp_path / "log")])
    family = eventually(lambda: len(found := descendants(house.pid)) == 4 and found)

    house.kill()
    house.wait()

    eventually(lambda: all(map(is_gone, family)), seconds=3)


# Where it listens


def test_a_given_port_that_is_taken_is_refused():
    with address.listen(host="127.0.0.1", port=None) as holder:
        port = holder.getsockname()[1]

        with pytest.raises(address.PortTakenError, match=f"Port {port} is taken"):
            address.listen(host="127.0.0.1", port=port)


def test_without_a_port_the_next_free_one_is_found():
    with address.listen(host="127.0.0.1", port=None) as first, address.listen(host="127.0.0.1", port=None) as second:
        assert second.getsockname()[1] > first.getsockname()[1] >= address.FIRST


def test_the_printed_address_can_be_typed():
    with address.listen(host="0.0.0.0", port=None) as listener:
        port = listener.getsockname()[1]

        assert address.url(listener) == f"http://127.0.0.1:{port}"


# The embedded broker


def test_the_broker_keeps_port_and_password_over_restarts(tmp_path):
    assert broker.embedded(tmp_path) == broker.embedded(tmp_path)


def test_the_broker_takes_another_port_when_its_own_is_taken(tmp_path):
    first = broker.embedded(tmp_path)

    with socket.create_server(("127.0.0.1", first.port)):
        second = broker.embedded(tmp_path)

    assert second.port != first.port
    assert second.password == first.password


def test_the_brokers_password_is_for_its_owner_alone(tmp_path):
    own = broker.embedded(tmp_path)
    program = own.program()

    assert own.password not in " ".join(program.argv)
    for name in ("broker.json", "broker.conf"):
        assert (own.folder / name).stat().st_mode & 0o077 == 0


def test_messages_survive_a_killed_broker(supervisor, tmp_path):
    own = broker.embedded(tmp_path / "a folder")
    supervisor.add(own.program())
    killed = []

    def message_is_back() -> bool:
        if not own.answers():
            return False
        with redis.Redis.from_url(own.url) as client:
            if not killed:
                client.rpush("intake", "message")
                client.execute_command("WAITAOF", 1, 0, 5000)
                killed.append(client.info("server")["process_id"])
                os.kill(killed[0], signal.SIGKILL)
                return False
            return client.lrange("intake", 0, -1) == [b"message"]

    run_until(supervisor, message_is_back)


def test_a_journal_that_cannot_be_read_is_set_aside(supervisor, tmp_path):
    own = broker.embedded(tmp_path)
    journal = own.folder / "appendonlydir"
    journal.mkdir()
    (journal / "appendonly.aof.manifest").write_text("nonsense")
    supervisor.add(own.program())

    run_until(supervisor, own.answers, seconds=20)

    assert list(own.folder.glob("unreadable-*"))


def test_strangers_cannot_use_the_broker(supervisor, tmp_path):
    own = broker.embedded(tmp_path)
    supervisor.add(own.program())
    refused = []

    def ask_without_password() -> bool:
        if own.answers():
            with pytest.raises(redis.AuthenticationError):
                redis.Redis(port=own.port, retry=Retry(NoBackoff(), 0)).get("intake")
            refused.append(True)
        return bool(refused)

    run_until(supervisor, ask_without_password)


# What is said


@pytest.fixture
def say_to_log(tmp_path):
    def say(text: str, voice: Voice = Voice.WARNINGS) -> str:
        log = ProgramLog(name="web", folder=tmp_path, voice=voice)
        ours, theirs = os.pipe()
        os.write(theirs, text.encode())
        os.close(theirs)
        while log.drain(ours):
            pass
        os.close(ours)
        log.close()
        return (tmp_path / "web.log").read_text()

    return say


RECORDS = (
    "INFO all is well\nERROR no\nTraceback\n  File 1\nValueError: x\nINFO on\nand on\nERROR /health/ready\nunfinished"
)


def test_all_is_in_the_log(say_to_log):
    assert say_to_log(RECORDS) == f"{RECORDS}\n"


def test_the_terminal_shows_what_matters(say_to_log, capsys):
    say_to_log(RECORDS)

    assert [line.split("│ ")[1] for line in capsys.readouterr().err.splitlines()] == [
        "ERROR no",
        "Traceback",
        "ValueError: x",
        "unfinished",
    ]


@pytest.mark.parametrize(("voice", "lines"), [(Voice.ALL, 8), (Voice.NOTHING, 0)])
def test_a_voice_may_be_loud_or_silent(say_to_log, capsys, voice, lines):
    say_to_log(RECORDS, voice)

    assert len(capsys.readouterr().err.splitlines()) == lines


def test_a_progress_bar_becomes_a_line_now_and_then(say_to_log):
    assert say_to_log("\r10 %\r20 %\r30 %\r100 %\nall drawn\n") == "10 %\n100 %\nall drawn\n"
