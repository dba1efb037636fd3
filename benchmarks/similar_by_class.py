"""Measure similar-by-look on folders of classes: precision@10 by class of the bare embedder.

    .venv/bin/python benchmarks/similar_by_class.py --images ../shared/data/images/fashion [--images …]

A picture's class is the first folder of its path. For every picture its ten nearest others are taken; precision is
the share of them in the same class, averaged over all pictures. The bare embedder is the cosine of unit features,
nothing removed or folded.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visrec_site.settings")

from django.conf import settings

from recommender.engine.vision.embedder import Embedder, find_model_file
from recommender.management.commands.embed import embed_folder

K = 10
# Gives the similar list of every picture: relative paths → (n, up to K) rows into those paths, best first, -1 for none.
Similar = Callable[[list[str]], np.ndarray]


def main() -> None:
    options = parse_options()
    embedder = Embedder(options.eyes or settings.EYES_FILE or find_model_file(settings.VAR / "eyes"))
    results = [measure(embedder, folder) for folder in options.images]
    for result in results:
        show(result)
    if options.json:
        print(json.dumps(results))


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--images", metavar="DIR", type=Path, action="append", required=True, help="folder of classes")
    parser.add_argument("--eyes", metavar="FILE", type=Path, help="model file, if not the site's own")
    parser.add_argument("--json", action="store_true", help="print the results as JSON on stdout")
    return parser.parse_args()


def measure(embedder: Embedder, folder: Path) -> dict:
    paths, features, refused = embed_folder(embedder, folder)
    return {
        "images": str(folder),
        "pictures": len(paths),
        "refused": len(refused),
        "bare": precision_by_class(paths, bare_embedder(features)),
    }


def bare_embedder(features: np.ndarray) -> Similar:
    """Rank by the cosine of unit features (n, 1280), oneself left out."""
    unit = features / np.linalg.norm(features, axis=1, keepdims=True)

    def similar(paths: list[str]) -> np.ndarray:
        cosines = unit @ unit.T
        np.fill_diagonal(cosines, -np.inf)
        return np.argsort(-cosines, axis=1, kind="stable")[:, :K]

    return similar


def precision_by_class(paths: list[str], similar: Similar) -> dict:
    """Give precision@10 overall and of each class; a list shorter than ten counts the missing as wrong."""
    classes = np.array([path.partition("/")[0] for path in paths])
    rows = similar(paths)
    hits = ((classes[rows] == classes[:, None]) & (rows >= 0)).sum(axis=1) / K
    return {
        "precision_at_10": round(float(hits.mean()), 4),
        "classes": {str(name): round(float(hits[classes == name].mean()), 4) for name in np.unique(classes)},
    }


def show(result: dict) -> None:
    print(f"{result['images']}: {result['pictures']} pictures, {result['refused']} refused", file=sys.stderr)
    print(f"  precision@10 of the bare embedder: {result['bare']['precision_at_10']:.3f}", file=sys.stderr)
    for name, precision in result["bare"]["classes"].items():
        print(f"    {name:<24} {precision:.3f}", file=sys.stderr)


if __name__ == "__main__":
    main()
