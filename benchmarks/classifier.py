"""Measure the classifier laboratory: test accuracy, three seeds each, beside logistic regression on the pixels.

    .venv/bin/python benchmarks/classifier.py [--data ../shared/data] [--out DIR]

`manage.py train_classifier` is run as anybody would, one process a run, with its defaults; the epoch is chosen on a
tenth of the training part, and the test part is judged once. Baselines of the same run: always the largest class, and
logistic regression on the pixels, its strength chosen on the same tenth. Curves and sheets are left in `--out`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import tables

TARGETS = {"mnist-mini": 0.98, "cifar10-mini": 0.54}
SEEDS = (0, 1, 2)
MOST_SECONDS = 300
STRENGTHS = (0.0003, 0.003, 0.03, 0.3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", metavar="DIR", type=Path, default=ROOT / "../shared/data")
    parser.add_argument("--out", metavar="DIR", type=Path, help="where curves and sheets are left [a temporary folder]")
    parser.add_argument("--only", choices=sorted(TARGETS), help="one of the two")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    out = options.out or Path(tempfile.mkdtemp(prefix="classifier-"))
    kept, results = [], {}
    for name, target in TARGETS.items():
        if options.only in (None, name):
            data = options.data / f"{name}.npz"
            runs = [run(data, out / f"{name}-{seed}", seed) for seed in SEEDS]
            results[name] = {"runs": runs, "regression": regression(data)}
            kept += told(name, target, **results[name])
    print(f"\ncurves and sheets: {out}")
    if options.json:
        tables.as_json(results)
    sys.exit(0 if all(kept) else 1)


def run(data: Path, out: Path, seed: int) -> dict:
    """What the command reports, in short."""
    command = [sys.executable, ROOT / "manage.py", "train_classifier", "--data", data, "--seed", str(seed)]
    done = subprocess.run([*command, "--out", out, "--json"], stdout=subprocess.PIPE, check=True, cwd=ROOT)
    report = json.loads(done.stdout)
    names = ("seed", "accuracy", "majority", "chosen_epoch", "seconds")
    return {name: report[name] for name in names} | {"epochs": len(report["epochs"])}


def regression(data: Path) -> float:
    """Test accuracy of softmax regression on standardised pixels."""
    from sklearn.linear_model import LogisticRegression

    from recommender.engine.networks.labelled import a_share_of_each, read_npz

    read = read_npz(data)
    mean = read.x_train.mean(axis=0)
    train, test = ((part - mean).reshape(len(part), -1) for part in (read.x_train, read.x_test))
    held = a_share_of_each(read.y_train, 0.1, np.random.default_rng(0))
    tried = [
        LogisticRegression(C=strength, max_iter=200).fit(train[~held], read.y_train[~held]) for strength in STRENGTHS
    ]
    best = max(tried, key=lambda model: model.score(train[held], read.y_train[held]))
    return float(best.score(test, read.y_test))


def told(name: str, target: float, *, runs: list[dict], regression: float) -> list[bool]:
    mean = float(np.mean([one["accuracy"] for one in runs]))
    rows = [[f"network, seed {one['seed']}", one["accuracy"], one["chosen_epoch"], one["seconds"]] for one in runs]
    rows += [["logistic regression on pixels", regression, "", ""], ["largest class", runs[0]["majority"], "", ""]]
    tables.show(name, ["", "test accuracy", "epoch", "seconds"], rows)
    print(f"  mean {mean:.4f}, {(1 - regression) / (1 - mean):.1f}× fewer mistakes than the regression")
    slowest = max(one["seconds"] for one in runs)
    return [
        tables.verdict(f"{name}, mean of {len(runs)} seeds", mean, at_least=target),
        tables.verdict(f"{name}, the slowest run in seconds", slowest, at_most=MOST_SECONDS),
    ]


if __name__ == "__main__":
    main()
