"""Measure similar-by-look on folders of classes: precision@10 by class of the bare embedder and of the site itself.

    .venv/bin/python benchmarks/similar_by_class.py --images ../shared/data/images/fashion [--images …]

A picture's class is the first folder of its path. For every picture its ten nearest others are taken; precision is
the share of them in the same class, averaged over all pictures. The bare embedder is the cosine of unit features of
the files themselves. The site imports each folder alone (see site_lists.py) and is asked for what looks similar, with
near-copies not folded. `--bare` leaves the site out.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
K = 10


def main() -> None:
    options = parse_options()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visrec_site.settings")
    eyes = (options.eyes or own_eyes()).resolve()
    results = []
    for folder in options.images:
        result = {"images": str(folder), "bare": bare_embedder(folder, eyes)}
        if not options.bare:
            result["site"] = own_site(folder, eyes)
        show(result)
        results.append(result)
    if options.json:
        print(json.dumps(results))


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--images", metavar="DIR", type=Path, action="append", required=True, help="folder of classes")
    parser.add_argument("--eyes", metavar="FILE", type=Path, help="model file, if not the site's own")
    parser.add_argument("--bare", action="store_true", help="measure the bare embedder alone, which is much quicker")
    parser.add_argument("--json", action="store_true", help="print the results as JSON on stdout")
    return parser.parse_args()


def own_eyes() -> Path:
    from django.conf import settings

    from recommender.engine.vision.embedder import find_model_file

    return Path(settings.EYES_FILE or find_model_file(settings.VAR / "eyes"))


def bare_embedder(folder: Path, eyes: Path) -> dict:
    """Rank by the cosine of unit features, oneself left out, equal ones in the order of their paths."""
    from recommender.engine.vision.embedder import Embedder
    from recommender.management.commands.embed import embed_folder

    paths, features, _refused = embed_folder(Embedder(eyes), folder)
    unit = features / np.linalg.norm(features, axis=1, keepdims=True)
    cosines = unit @ unit.T
    np.fill_diagonal(cosines, -np.inf)
    similar = np.argsort(-cosines, axis=1, kind="stable")[:, :K]
    classes = dict(enumerate(path.partition("/")[0] for path in paths))
    return precision_by_class(classes, enumerate(similar.tolist()))


def own_site(folder: Path, eyes: Path) -> dict:
    """Ask a site of its own that holds this folder and nothing else."""
    program = Path(__file__).with_name("site_lists.py")
    environment = os.environ | {"EYES_FILE": str(eyes)}
    done = subprocess.run([sys.executable, program, folder], env=environment, stdout=subprocess.PIPE, check=True)
    lists = json.loads(done.stdout)
    classes = {int(image): top for image, top in lists["classes"].items()}
    return precision_by_class(classes, ((int(image), similar) for image, similar in lists["similar"].items()))


def precision_by_class(classes: Mapping[int, str], lists: Iterable[tuple[int, Sequence[int]]]) -> dict:
    """Give precision@10 overall and of each class; what a list shorter than ten lacks counts as wrong."""
    hits: dict[str, list[float]] = {}
    for image, similar in lists:
        share = sum(classes[other] == classes[image] for other in similar[:K]) / K
        hits.setdefault(classes[image], []).append(share)
    everyone = [share for shares in hits.values() for share in shares]
    return {
        "pictures": len(everyone),
        "precision_at_10": round(float(np.mean(everyone)), 4),
        "classes": {name: round(float(np.mean(shares)), 4) for name, shares in sorted(hits.items())},
    }


def show(result: dict) -> None:
    methods = [name for name in ("bare", "site") if name in result]
    print(f"\n{result['images']}", file=sys.stderr)
    print_line("", methods)
    print_line("pictures", [result[method]["pictures"] for method in methods])
    print_line("precision@10", [f"{result[method]['precision_at_10']:.3f}" for method in methods])
    for name in result["bare"]["classes"]:
        print_line(f"  {name}", [f"{result[method]['classes'].get(name, 0):.3f}" for method in methods])


def print_line(title: str, values: Iterable[object]) -> None:
    print(f"{title:<26}" + "".join(f"{value!s:>10}" for value in values), file=sys.stderr)


if __name__ == "__main__":
    main()
