"""The browser of the journeys: Chromium from this machine, from Debian, or from npm."""

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE = "@sparticuz/chromium@153.0.0"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
ADVICE = "No Chromium for the journeys: install chromium (or Google Chrome), or Node with npm, and try again."


def find(folder: Path) -> str | None:
    """Path of an installed Chromium: on PATH, else what `install` unpacked into `folder`."""
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    unpacked = folder / "chromium"
    return on_path or (str(unpacked) if unpacked.exists() else None)


def install(folder: Path) -> str | None:
    """Find Chromium, or get it from Debian (as root), or from npm into `folder`. None when there is no way."""
    return find(folder) or (_from_debian() and find(folder)) or (_from_npm(folder) and find(folder)) or None


def _from_debian() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"]
    return _succeeds(["apt-get", "update", "-qq"], quiet) and _succeeds(install, quiet)


def _from_npm(folder: Path) -> bool:
    """The package holds a compressed Chromium with its libraries; its own code unpacks it."""
    if not shutil.which("npm"):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    unpack = (
        "import('@sparticuz/chromium').then(async (chromium) => {"
        "  require('fs').copyFileSync(await chromium.default.executablePath(), 'chromium');"
        "  require('fs').chmodSync('chromium', 0o755);"
        "})"
    )
    install = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(folder), PACKAGE]
    return _succeeds(install, None) and _succeeds(["node", "-e", unpack], None, cwd=folder)


def _succeeds(command: list[str], environment: dict[str, str] | None, cwd: Path | None = None) -> bool:
    return subprocess.run(command, env=environment, cwd=cwd, check=False, stdout=subprocess.DEVNULL).returncode == 0
