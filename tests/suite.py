"""All tests as `make test` runs them: on SQLite, on PostgreSQL, and the journeys in a browser.

python -m tests.suite                 everything
python -m tests.suite tests/catalog   only these, on SQLite
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests import browser, services

BASE = Path(__file__).resolve().parent.parent
TOOLS = BASE / "var" / "tools"
PROCESSES = str(min(os.cpu_count() or 1, 4))

JOURNEYS = "tests/journeys"
# What another database cannot change: plain functions on arrays and bytes, and processes with files of their own.
WITHOUT_DATABASE = [
    "tests/test_architecture.py",
    "tests/catalog/demo",
    "tests/catalog/test_imaging.py",
    "tests/recommender/engine",
    "tests/recommender/test_commands_classifier.py",
    "tests/recommender/test_commands_dream.py",
    "tests/recommender/test_commands_eyes.py",
    "tests/promises/test_real_services.py",
    "tests/site/test_house.py",
    "tests/site/test_languages.py",
    "tests/site/test_run.py",
    "tests/site/test_static_files.py",
    "tests/site/test_supervisor.py",
    "tests/site/test_templates.py",
    "tests/site/test_web.py",
]


def main(arguments: list[str]) -> int:
    if arguments:
        return pytest("chosen tests", arguments)
    chromium = browser.install(TOOLS)
    results = [on_sqlite(), on_postgres(), journeys() if chromium else missing_browser()]
    return max(results)


def on_sqlite() -> int:
    return pytest("on SQLite", ["-n", PROCESSES, "tests", f"--ignore={JOURNEYS}"])


def on_postgres() -> int:
    ignored = [f"--ignore={path}" for path in (JOURNEYS, *WITHOUT_DATABASE)]
    with services.postgres() as url:
        return pytest("on PostgreSQL", ["-n", PROCESSES, "tests", *ignored], DATABASE_URL=url)


def journeys() -> int:
    return pytest("in a browser, with worker and broker", [JOURNEYS])


def missing_browser() -> int:
    print(browser.ADVICE, file=sys.stderr)
    return 1


def pytest(title: str, arguments: list[str], **environment: str) -> int:
    """Run pytest; no tests at all counts as a failure, because it means that they were not found."""
    print(f"\n── Tests {title} ──", flush=True)
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    code = subprocess.run(command, cwd=BASE, env={**os.environ, **environment}, check=False).returncode
    print(f"── {title}: {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - started:.0f} s", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
