"""The largest process of an evaluation of each algorithm, on a million reactions of 20,000 people to 20,000 pictures.

    .venv/bin/python benchmarks/evaluate_memory.py [--algorithms ease,vbpr] [--people 20000] [--likes 1000000]

`evaluate` as an owner runs it on files, one algorithm at a time, with features for every picture: reading, learning,
lists for everyone, figures. Networks stop after one epoch, for memory does not grow with epochs; without that,
`--epochs 0`. Baseline of the same run: `random`, which learns nothing, so that what it holds are the data.
"""

import argparse
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import tables
from benchmarks.crowd import drawn

TARGET = 2000.0  # MB
FEATURES = 1280
NETWORKS = ("cnn_hybrid", "cnn_dense", "vbpr", "gan")
MANAGE = Path(__file__).resolve().parent.parent / "manage.py"


def main() -> int:
    asked = parse()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_likes(folder / "likes.csv", asked)
        write_features(folder / "features.npz", asked.pictures)
        costs = {name: measured(name, folder, asked.epochs) for name in asked.algorithms}
    if asked.json:
        tables.as_json(costs)
    return 0 if report(costs, asked) else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--algorithms", type=known, default=known("all"), help="a,b or all [all]")
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--pictures", type=int, default=20_000)
    parser.add_argument("--likes", type=int, default=1_000_000)
    parser.add_argument("--epochs", type=int, default=1, help="of networks; 0: as they are set [1]")
    parser.add_argument("--json", action="store_true", help="print the raw figures as JSON, too")
    return parser.parse_args()


def known(names: str) -> list[str]:
    """`random` first, then what is asked for."""
    from recommender.engine.registry import ALGORITHMS

    # Files bring no tags.
    fed = [name for name, algorithm in ALGORITHMS.items() if "tags" not in algorithm.needs]
    wanted = fed if names == "all" else names.split(",")
    if unknown := set(wanted) - set(ALGORITHMS):
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(sorted(unknown))}")
    return ["random", *(name for name in wanted if name != "random")]


def write_likes(path: Path, asked: argparse.Namespace) -> None:
    people, pictures = drawn(asked.people, asked.pictures, asked.likes)
    times = np.random.default_rng(1).integers(1_600_000_000, 1_700_000_000, len(people))
    with path.open("w") as file:
        file.write("user,item,rating,timestamp\n")
        file.writelines(f"{who},{what},5,{when}\n" for who, what, when in zip(people, pictures, times, strict=True))


def write_features(path: Path, pictures: int) -> None:
    """Positive, as features are, around 200 looks."""
    rng = np.random.default_rng(2)
    looks = rng.gamma(0.5, 1.0, (200, FEATURES)).astype(np.float32)
    features = looks[rng.integers(0, len(looks), pictures)] * rng.gamma(4.0, 0.25, (pictures, FEATURES))
    np.savez(path, ids=np.arange(pictures), features=features.astype(np.float32))


def measured(name: str, folder: Path, epochs: int) -> dict[str, float]:
    """Of one evaluation: seconds, and MB of the largest of its processes."""
    few = [f"--set={name}.epochs={epochs}"] if epochs and name in NETWORKS else []
    files = [f"--interactions={folder / 'likes.csv'}", f"--features={folder / 'features.npz'}"]
    command = [sys.executable, str(MANAGE), "evaluate", *files, f"--algorithms={name}", "--quiet", *few]
    ours, theirs = multiprocessing.Pipe(duplex=False)
    # The kernel keeps one peak for all children of a process, so each evaluation has a parent of its own.
    parent = multiprocessing.get_context("spawn").Process(target=run, args=(command, folder, theirs))
    parent.start()
    cost = json.loads(ours.recv())
    parent.join()
    if cost.pop("code"):
        raise SystemExit(f"{name} could not be evaluated")
    print(f"{name}: {cost['mb']:.0f} MB, {cost['seconds']:.0f} s", file=sys.stderr)
    return cost


def run(command: list[str], folder: Path, answer) -> None:
    started = time.perf_counter()
    environment = {**os.environ, "VAR": str(folder)}
    code = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment).returncode
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    answer.send(json.dumps({"code": code, "seconds": time.perf_counter() - started, "mb": peak}))


def report(costs: dict[str, dict[str, float]], asked: argparse.Namespace) -> bool:
    base = costs["random"]["mb"]
    tables.show(
        f"{asked.likes:,} likes of {asked.people:,} people, {asked.pictures:,} pictures",
        ("algorithm", "seconds", "largest process, MB", "times random"),
        [(name, cost["seconds"], cost["mb"], cost["mb"] / base) for name, cost in costs.items()],
    )
    return tables.verdict("largest process, MB", max(cost["mb"] for cost in costs.values()), at_most=TARGET)


if __name__ == "__main__":
    raise SystemExit(main())
