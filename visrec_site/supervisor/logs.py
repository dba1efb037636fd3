"""What the programs say: all of it into `var/log/NAME.log`, what matters to the terminal behind the name."""

import logging
import os
import re
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

LIMIT = 5 * 1024 * 1024  # bytes a log grows to before it is turned over; two old ones are kept
LEVEL = re.compile(r"\b(DEBUG|INFO|NOTICE|WARNING|ERROR|CRITICAL)\b")
LOUD = {"WARNING", "ERROR", "CRITICAL"}
HEAD = 80  # characters at the start of a line in which its level stands
LONGEST = 65536  # bytes of an unfinished line kept


class ProgramLog:
    """Sorts the output of one program, read from a pipe, line by line.

    A line without a level belongs to the record before it (a traceback does). Programs that write no levels
    (`always`) are shown whole.
    """

    def __init__(self, *, name: str, folder: Path, always: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._name = name
        self._file = RotatingFileHandler(folder / f"{name}.log", maxBytes=LIMIT, backupCount=2, encoding="utf-8")
        self._rest = b""
        self._always = always
        self._loud = False

    def drain(self, pipe: int) -> bool:
        """Take what the pipe holds now. False when the program closed it."""
        try:
            data = os.read(pipe, LONGEST)
        except BlockingIOError:
            return True
        if not data:
            return False
        *lines, self._rest = re.split(rb"[\r\n]+", self._rest + data)
        if len(self._rest) > LONGEST:
            lines, self._rest = [*lines, self._rest], b""
        for line in lines:
            self._take(line.decode("utf-8", "replace"))
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
            self._loud = level[1] in LOUD
        if self._always or self._loud:
            say(f"{self._name:>8} │ {line}")


def say(line: str) -> None:
    """A line on the terminal. A terminal that went away does not stop the site."""
    try:
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - the terminal is the place
    except OSError:
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - open as long as we are
