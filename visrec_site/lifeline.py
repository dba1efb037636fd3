"""A child process dies with its parent, also when the parent is killed without a word.

Standard library only: the supervisor runs this file as a script in front of each program it starts, which keeps
`preexec_fn` (unsafe beside threads) out of it. Forked children (web workers, pool processes) call `tie_to_parent`.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def tie_to_parent(parent: int | None = None) -> None:
    """Ask the kernel for SIGKILL at the parent's death; exit at once if `parent` is gone already.

    The kernel watches the parent's *thread* that made us: call fork from a thread that lives as long as its process.
    Outside Linux nothing happens.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


def command(argv: list[str]) -> list[str]:
    """`argv` as a command that dies with the calling process."""
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), *argv]


if __name__ == "__main__":
    tie_to_parent(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606 - a list, no shell
