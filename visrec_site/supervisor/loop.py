"""Keeps programs running: starts them, restarts what dies, stops all of it.

One thread, one loop over the programs' output: children are made by the main thread alone, because the kernel ties
their lives to it (see `lifeline`).
"""

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from visrec_site import lifeline
from visrec_site.supervisor.logs import ProgramLog, say
from visrec_site.supervisor.programs import ONE_THREAD, Program

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TICK = 0.2  # seconds between two looks
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0  # seconds before a restart, doubling while a program keeps dying
STEADY = 20.0  # seconds a program must live for its pause to start afresh
MEND_AFTER = 3  # deaths in a row after which a program's `mend` is tried
PATIENCE = 5.0  # seconds programs get to end by themselves before SIGKILL; the last ones get PATIENCE_LAST more
PATIENCE_LAST = 2.0


@dataclass
class Child:
    """A program and what became of it."""

    program: Program
    log: ProgramLog
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0  # in a row
    due: float = 0.0  # when to start it next, by the monotonic clock
    done: bool = False

    @property
    def running(self) -> bool:
        return self.process is not None


class Supervisor:
    """Runs programs until a signal, or `stop`, ends them all."""

    def __init__(self, *, log_folder: Path, environment: Mapping[str, str]) -> None:
        self._environment = {**os.environ, **ONE_THREAD, "PYTHONUNBUFFERED": "1", **environment}
        self._log_folder = log_folder
        self._children: dict[str, Child] = {}
        self._pipes = selectors.DefaultSelector()
        self._stop = False
        self._hurry = False

    def add(self, program: Program) -> None:
        """Have the program started at the loop's next turn."""
        log = ProgramLog(name=program.name, folder=self._log_folder, voice=program.voice)
        self._children[program.name] = Child(program=program, log=log)

    def finished(self, name: str) -> bool:
        """Whether a program that ends by itself has ended well."""
        return self._children[name].done

    def stop(self, *_: object) -> None:
        """End all programs; asked twice, without patience. Serves as a signal handler."""
        self._hurry = self._stop
        self._stop = True

    def run(self, each_turn: Callable[[], None]) -> None:
        """Keep the programs running until `stop`; `each_turn` is called about five times a second."""
        before = {number: signal.signal(number, self.stop) for number in ENDING}
        try:
            while not self._stop:
                self.turn()
                each_turn()
        finally:
            self._end()
            for number, handler in before.items():
                signal.signal(number, handler)

    def turn(self) -> None:
        """One look at everything: output, deaths, programs due to start."""
        self._listen(TICK)
        for child in self._children.values():
            if child.running:
                self._reap(child)
            elif not child.done and time.monotonic() >= child.due:
                self._start(child)

    def _start(self, child: Child) -> None:
        program = child.program
        child.process = subprocess.Popen(  # noqa: S603 - our own list, no shell
            lifeline.command(program.argv),
            env={**self._environment, **program.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=program.pass_fds,
            start_new_session=True,  # Ctrl-C reaches the supervisor alone, which then ends the others in order
        )
        assert child.process.stdout is not None
        os.set_blocking(child.process.stdout.fileno(), False)
        self._pipes.register(child.process.stdout, selectors.EVENT_READ, child)
        child.started = time.monotonic()

    def _listen(self, seconds: float) -> None:
        if not self._pipes.get_map():
            time.sleep(seconds)
        for key, _ in self._pipes.select(seconds):
            if not key.data.log.drain(key.fd):
                self._pipes.unregister(key.fileobj)

    def _reap(self, child: Child) -> None:
        assert child.process is not None
        code = child.process.poll()
        if code is None:
            return
        self._forget(child)
        if child.program.once and code == 0:
            child.done = True
            return
        lived = time.monotonic() - child.started
        child.deaths = child.deaths + 1 if lived < STEADY else 1
        pause = min(FIRST_PAUSE * 2 ** (child.deaths - 1), LONGEST_PAUSE)
        child.due = time.monotonic() + pause
        say(f"  ! {child.program.name} {describe(code)}, starting it again in {pause:.3g} s (see {child.log.path})")
        if child.program.mend and child.deaths == MEND_AFTER:
            child.program.mend()

    def _forget(self, child: Child) -> None:
        """Close what is left of a dead program, and of the processes it may have left behind."""
        process = child.process
        assert process is not None
        assert process.stdout is not None
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        child.log.drain(process.stdout.fileno())
        with suppress(KeyError):
            self._pipes.unregister(process.stdout)
        process.stdout.close()
        child.process = None

    def _end(self) -> None:
        """End all programs: first those that may need the last ones, then the last ones."""
        for last, patience in ((False, PATIENCE), (True, PATIENCE_LAST)):
            self._end_group([child for child in self._children.values() if child.program.last == last], patience)
        for child in self._children.values():
            child.log.close()

    def _end_group(self, children: list[Child], patience: float) -> None:
        running = [child for child in children if child.running]
        for child in running:
            assert child.process is not None
            child.process.terminate()
        deadline = time.monotonic() + patience
        while any(child.process and child.process.poll() is None for child in running):
            if self._hurry or time.monotonic() > deadline:
                break
            self._listen(0.05)
        for child in running:
            assert child.process is not None
            if child.process.poll() is None:
                child.process.kill()
                child.process.wait()
            self._forget(child)


def describe(code: int) -> str:
    """An exit code in words."""
    return f"ended with code {code}" if code >= 0 else f"was killed by {signal.Signals(-code).name}"
