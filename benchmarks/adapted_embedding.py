"""Measure the adapted embedding on a folder of classes: known classes, classes it has never met, near-copies.

    .venv/bin/python benchmarks/adapted_embedding.py [--images ../shared/data/images/fashion]

A picture's class is the first folder of its path. Of each class a seeded half is learned from, and everything is
chosen in it; the other half is queries and gallery, a query itself excluded. Near-copies are cut, pressed or mirrored
pictures; found when the original is the nearest. The baselines of the same run: the bare embedder (cosine of unit
features), and the site's plain vectors (centred), which the targets are measured against.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import tables

SEEDS, DRAWS = 5, 6
COPIED = 200  # pictures that near-copies are made of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--images", metavar="DIR", type=Path, default=ROOT / "../shared/data/images/fashion")
    parser.add_argument("--eyes", metavar="FILE", type=Path, help="model file, if not the site's own")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    started = time.perf_counter()
    features, classes, copies, originals = looked_at(options.images, options.eyes)
    print(f"{len(classes)} pictures of {len(set(classes))} classes, {time.perf_counter() - started:.0f} s", flush=True)
    labels = np.unique(classes, return_inverse=True)[1].astype(np.int64)
    started = time.perf_counter()
    known = [known_classes(features, labels, seed) for seed in range(SEEDS)]
    unseen = [unseen_classes(features, labels, copies, originals, seed) for seed in range(DRAWS)]
    seconds = (time.perf_counter() - started) / (SEEDS + DRAWS)
    kept = told(known, unseen, seconds)
    if options.json:
        tables.as_json({"known": known, "unseen": unseen, "seconds": seconds})
    sys.exit(0 if kept else 1)


def looked_at(folder: Path, eyes: Path | None) -> tuple:
    """Features (n, f) and classes of the pictures, features of near-copies (kinds, m, f), and their originals (m,)."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visrec_site.settings")
    from similar_by_class import own_eyes

    from recommender.engine.vision.copies import COPIES
    from recommender.engine.vision.embedder import Embedder
    from recommender.management import folders
    from recommender.management.commands import embed

    embedder = Embedder((eyes or own_eyes()).resolve())
    paths, features, _refused = embed.embed_folder(embedder, folder)
    originals = np.sort(np.random.default_rng(0).permutation(len(paths))[:COPIED])
    pixels = [folders.decode(folder / paths[place]) for place in originals]
    copies = np.array([[embedder.embed(copy(one)).features for one in pixels] for copy in COPIES.values()])
    return features, [path.partition("/")[0] for path in paths], copies, originals


def known_classes(features: np.ndarray, labels: np.ndarray, seed: int) -> dict:
    from recommender.engine import adaptation
    from recommender.engine.arrays import unit

    learned = adaptation.half_of_each(labels, np.random.default_rng(seed))
    choice, adapted = learn(features[learned], labels[learned], seed)
    gallery, wanted = features[~learned], labels[~learned]
    return {
        "seed": seed,
        "share": choice.share,
        "shrinkage": choice.shrinkage,
        "bare": adaptation.precision(unit(gallery), wanted),
        "plain": adaptation.precision(adaptation.centred(features[learned]).apply(gallery), wanted),
        "adapted": adaptation.precision(adapted.apply(gallery), wanted),
    }


def unseen_classes(
    features: np.ndarray, labels: np.ndarray, copies: np.ndarray, originals: np.ndarray, seed: int
) -> dict:
    """Learned on half of the classes; asked for the others, among those not learned from and among all pictures."""
    from recommender.engine import adaptation
    from recommender.engine.arrays import unit
    from recommender.engine.vision.copies import COPIES

    rng = np.random.default_rng(seed)
    half, known = adaptation.half_of_each(labels, rng), adaptation.half_of_classes(labels, rng)
    choice, adapted = learn(features[half & known], labels[half & known], seed)
    plain = adaptation.centred(features[half])
    found = {"seed": seed, "share": choice.share, "shrinkage": choice.shrinkage}
    for name, gallery in (("rest", ~half), ("all", np.ones(len(labels), bool))):
        asked, pictures, wanted = ~known[gallery], features[gallery], labels[gallery]
        vectors = {"bare": unit(pictures), "plain": plain.apply(pictures), "adapted": adapted.apply(pictures)}
        found[name] = {kind: adaptation.precision(seen, wanted, asked) for kind, seen in vectors.items()}
    found["copies"] = {
        name: {
            kind: adaptation.copies_found(projection, features, copied, originals)
            for kind, projection in (("plain", plain), ("adapted", adapted))
        }
        for name, copied in zip(COPIES, copies, strict=True)
    }
    return found


def learn(features: np.ndarray, labels: np.ndarray, seed: int) -> tuple:
    from recommender.engine import adaptation

    choice = adaptation.choose(features, labels, seed=seed)
    return choice, adaptation.fit(features, labels, share=choice.share, shrinkage=choice.shrinkage)


def told(known: list[dict], unseen: list[dict], seconds: float) -> bool:
    kinds = ("bare", "plain", "adapted")
    settings = ("seed", "share", "shrinkage")
    tables.show(
        "Known classes: precision@10",
        [*settings, *kinds, "gain"],
        [[*(one[name] for name in (*settings, *kinds)), one["adapted"] - one["plain"]] for one in known],
    )
    tables.show(
        "Learned on half of the classes: precision@10 of the others",
        [*settings, "rest: bare", "plain", "adapted", "all: bare", "plain", "adapted"],
        [
            [*(one[name] for name in settings), *(one[part][kind] for part in ("rest", "all") for kind in kinds)]
            for one in unseen
        ],
    )
    found = {
        name: {kind: float(np.mean([one["copies"][name][kind] for one in unseen])) for kind in kinds[1:]}
        for name in unseen[0]["copies"]
    }
    tables.show("Near-copies found", ["copy", *kinds[1:]], [[name, *line.values()] for name, line in found.items()])
    print(f"\n{seconds:.1f} s to choose and learn")
    gain = float(np.mean([one["adapted"] - one["plain"] for one in known]))
    kept = [tables.verdict("known classes, above plain", gain, at_least=0.06)]
    for name, words in (("rest", "unseen classes, above plain"), ("all", "unseen classes among all, above plain")):
        change = float(np.mean([one[name]["adapted"] - one[name]["plain"] for one in unseen]))
        kept.append(tables.verdict(words, change, at_least=-0.01))
    changes = [line["adapted"] - line["plain"] for line in found.values()]
    kept.append(tables.verdict("near-copies, the worst kind, above plain", min(changes), at_least=-0.01))
    return all(kept)


if __name__ == "__main__":
    main()
