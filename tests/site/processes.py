"""Looking at processes from outside."""

import psutil


def descendants(pid: int) -> list[psutil.Process]:
    """The children of a process, their children, and so on."""
    return psutil.Process(pid).children(recursive=True)


def command_of(process: psutil.Process) -> str:
    """Its command line, empty when it is gone."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def is_gone(process: psutil.Process) -> bool:
    """Whether it has ended; one nobody has waited for yet counts as ended."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def find(pid: int, *words: str) -> list[psutil.Process]:
    """Descendants whose command line holds all the words."""
    return [process for process in descendants(pid) if all(word in command_of(process) for word in words)]
