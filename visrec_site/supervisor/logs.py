"""What the programs say: all of it into `var/log/NAME.log`, what matters to the terminal behind the name."""

import logging
import os
import re
import sys
import time
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path

LIMIT = 5 * 1024 * 1024  # bytes a log grows to before it is turned over; two old ones are kept
LEVEL = re.compile(r"\b(DEBUG|INFO|NOTICE|WARNING|ERROR|CRITICAL)\b", re.IGNORECASE)
LOUD = {"WARNING", "ERROR", "CRITICAL"}
HEAD = 80  # characters at the start of a line in which its level stands
PROGRESS = 10.0  # seconds between two lines of one progress bar
LONGEST = 65536  # bytes of an unfinished line kept


class Voice(Enum):
    """What of a program's output reaches the terminal."""

    ALL = "all"
    WARNINGS = "warnings"
    NOTHING = "nothing"


class ProgramLog:
    """Sorts the output of one program, read from a pipe, line by line.

    A line without a level belongs to the record before it. Of a traceback the terminal shows the first and the last
    line; of readiness saying "not yet", nothing: whoever asks hears it.
    """

    def __init__(self, *, name: str, folder: Path, voice: Voice = Voice.WARNINGS) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._name = name
        self.path = folder / f"{name}.log"
        self._file = RotatingFileHandler(self.path, maxBytes=LIMIT, backupCount=2, encoding="utf-8")
        self._rest = b""
        self._voice = voice
        self._loud = True
        self._progress_due = 0.0

    def drain(self, pipe: int) -> bool:
        """Take what the pipe holds now. False when the program closed it."""
        try:
            data = os.read(pipe, LONGEST)
        except BlockingIOError:
            return True
        if not data:
            return False
        *lines, self._rest = re.split(rb"(?<=[\r\n])", self._rest + data)
        if len(self._rest) > LONGEST:
            lines, self._rest = [*lines, self._rest], b""
        for line in lines:
            if line.strip() and (not line.endswith(b"\r") or self._is_time_for_progress()):
                self._take(line.decode("utf-8", "replace").rstrip())
        return True

    def close(self) -> None:
        self._take(self._rest.decode("utf-8", "replace"))
        self._rest = b""
        self._file.close()

    def _take(self, line: str) -> None:
        if not line.strip():
            return
        self._file.emit(logging.makeLogRecord({"msg": "%s", "args": (line,)}))
        if level := LEVEL.search(line[:HEAD]):
            self._loud = level[1].upper() in LOUD
        if self._is_shown(line):
            say(f"{self._name:>8} │ {line}")

    def _is_time_for_progress(self) -> bool:
        """Progress bars overwrite themselves many times a second; a line now and then says as much."""
        if time.monotonic() < self._progress_due:
            return False
        self._progress_due = time.monotonic() + PROGRESS
        return True

    def _is_shown(self, line: str) -> bool:
        if self._voice is Voice.NOTHING or line.startswith(" "):
            return False
        return self._voice is Voice.ALL or (self._loud and "/health/" not in line)


def say(line: str) -> None:
    """A line on the terminal. A terminal that went away does not stop the site."""
    try:
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - the terminal is the place
    except OSError:
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - open as long as we are
