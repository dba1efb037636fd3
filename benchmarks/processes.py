"""A site's processes, read from /proc: which they are, how much memory is theirs."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Process:
    """One process of a site. role: supervisor, broker, web, intake, eyes, beat, demo or decoder."""

    pid: int
    parent: int
    role: str
    # Started by the supervisor itself, not by another of the site's processes.
    first: bool

    def memory(self) -> float:
        """Proportional set size in MB: what is shared counts for each sharer's part; 0 when the process is gone."""
        try:
            lines = (PROC / str(self.pid) / "smaps_rollup").read_text().splitlines()
        except OSError:
            return 0.0
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024

    def has_mapped(self, word: str) -> bool:
        """Whether a file whose path holds the word is part of its memory."""
        try:
            return word in (PROC / str(self.pid) / "maps").read_text()
        except OSError:
            return False

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)


def of_site(supervisor: int) -> list[Process]:
    """The supervisor of a running site and all that descends from it, parents first."""
    parents = _parents()
    found = [Process(supervisor, parents.get(supervisor, 0), "supervisor", first=False)]
    for process in found:
        for pid, parent in sorted(parents.items()):
            if parent == process.pid:
                role = _role(pid) if process.role == "supervisor" else process.role
                found.append(Process(pid, parent, role, first=process.role == "supervisor"))
    return found


def _parents() -> dict[int, int]:
    found = {}
    for folder in PROC.iterdir():
        if folder.name.isdecimal():
            try:
                # "pid (name) state parent …", where the name may hold anything.
                found[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    return found


def _role(pid: int) -> str:
    try:
        words = (PROC / str(pid) / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return "gone"
    if "gunicorn" in words:
        return "web"
    if "--queues" in words:
        return words[words.index("--queues") + 1]
    return "beat" if "beat" in words else "demo" if "seed_demo" in words else "broker"
