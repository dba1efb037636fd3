"""How long a first start takes: a fresh clone, empty package caches, `make run` until it is ready; then the second.

    .venv/bin/python benchmarks/start.py [--no-demo]

Clones what is committed into a temporary folder and gives it a home of its own, so that nothing that was downloaded
before is found again. Needs a network and 5 GB of disk. The baseline of the first start is the second one.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import sites, tables
from benchmarks.callers import Caller, Refused

FIRST_TARGET, SECOND_TARGET = 480.0, 20.0  # seconds
DISK_TARGET = 5.0  # GB
GIVE_UP = 3600.0  # seconds until a start has failed
STOP_WITHIN = 30.0  # seconds after Ctrl-C
KEPT_FROM_HERE = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
# Where packages come from, for a machine that does not reach the public index.
INDEXES = ("PIP_", "UV_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy")


@dataclass(frozen=True)
class Start:
    """Seconds from `make run` to the first page, to ready, and from Ctrl-C to the end."""

    serving: float
    ready: float
    stopped: float


def main() -> int:
    asked = parse()
    with sites.temporary_var() as folder:
        clone, home = folder / "visrec", folder / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        surroundings = environment(home, demo=not asked.no_demo)
        starts = [start(clone, surroundings) for _ in range(2)]
        disk = {"clone with environment and gallery": size(clone), "with package caches": size(clone, home)}
    if asked.json:
        tables.as_json({"starts": [asdict(each) for each in starts], "disk_gb": disk})
    return 0 if report(starts, disk) else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-demo", action="store_true", help="start empty")
    parser.add_argument("--json", action="store_true", help="print the result as JSON, too")
    return parser.parse_args()


def environment(home: Path, *, demo: bool) -> dict[str, str]:
    """A newcomer's: nothing cached, nothing set but the way to the packages."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT_FROM_HERE or name.startswith(INDEXES)}
    path = os.pathsep.join(part for part in kept["PATH"].split(os.pathsep) if not part.startswith(str(ROOT)))
    caches = {"PIP_CACHE_DIR": str(home / "pip"), "UV_CACHE_DIR": str(home / "uv")}
    return kept | caches | {"PATH": path, "HOME": str(home), "DEMO": "1" if demo else "0"}


def start(clone: Path, surroundings: Mapping[str, str]) -> Start:
    """`make run` until it is ready, then Ctrl-C."""
    started = time.monotonic()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=clone,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        start_new_session=True,
    )
    try:
        serving = until(process, started, clone, "/health/live")
        ready = until(process, started, clone, "/health/ready")
    finally:
        interrupted = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        process.wait(STOP_WITHIN)
    (clone / "var" / "address").unlink()
    return Start(serving=serving, ready=ready, stopped=time.monotonic() - interrupted)


def until(process: subprocess.Popen, started: float, clone: Path, page: str) -> float:
    """Seconds since the start when the page first answers well."""
    while process.poll() is None and time.monotonic() < started + GIVE_UP:
        if answers(clone / "var" / "address", page):
            return time.monotonic() - started
        time.sleep(0.2)
    raise SystemExit(f"The site did not start: {page} never answered.")


def answers(address: Path, page: str) -> bool:
    """Whether the site, once it has written down its address, says yes."""
    try:
        Caller(address.read_text().strip()).get(page)
    except (OSError, Refused):
        return False
    return True


def size(*folders: Path) -> float:
    """GB on disk together; a file with several names counts once, as packages that the cache shares do."""
    command = ["du", "--summarize", "--total", "--block-size=1", *folders]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return int(done.stdout.split()[-2]) / 1e9


def report(starts: list[Start], disk: Mapping[str, float]) -> bool:
    first, second = starts
    rows = [[name, getattr(first, name), getattr(second, name)] for name in ("serving", "ready", "stopped")]
    tables.show("Seconds", ["", "first start", "second start"], rows)
    tables.show("Disk, GB", ["", "GB"], [[name, gigabytes] for name, gigabytes in disk.items()])
    print(f"\n  first / second, until ready: {first.ready / second.ready:.1f}")
    return all(
        [
            tables.verdict("first start until ready, seconds", first.ready, at_most=FIRST_TARGET),
            tables.verdict("second start until ready, seconds", second.ready, at_most=SECOND_TARGET),
            tables.verdict("disk, GB", max(disk.values()), at_most=DISK_TARGET),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
