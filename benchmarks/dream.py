"""How near to real ones are pictures and embeddings that do not exist, and how well does the GAN recommend?

    .venv/bin/python benchmarks/dream.py [--data NPZ] [--epochs 30] [--only pictures|embeddings]

Pictures: a GAN of 32 × 32 pixels learns from the training part of `x_train` and draws 1,000; the eyes look at these,
at the real ones, and at pictures of uniformly random pixels. Embeddings: the GAN that recommends learns people of
planted tastes (`recommender/engine/simulation/taste.py`, clustered looks), the last fifth of whose likes tests it.

Both are judged by `recommender/engine/frechet.py`: the Fréchet distance on unit features in 64 principal components
learned on other real pictures, as many on either side, the mean of five draws; beside it real pictures against real
ones (the floor) and noise against real ones (the ceiling). `place` is 0 at the floor and 1 at the ceiling. Nearly a
copy: a cosine above 0.95 to a real picture that was learned from.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRATCH = tempfile.TemporaryDirectory(prefix="dream-")
os.environ["VAR"] = SCRATCH.name
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visrec_site.settings")
sys.path.insert(0, str(ROOT))

import django
import numpy as np

django.setup()

from django.conf import settings

from benchmarks import tables
from recommender import learning
from recommender.engine import frechet, splits
from recommender.engine.metrics.lists import best_lists, hit_ranks
from recommender.engine.metrics.ranked import ndcg
from recommender.engine.model import TrainingSet
from recommender.engine.simulation.taste import clustered, planted
from recommender.engine.vision.embedder import find_model_file
from recommender.management.commands.train_dream import read_npz
from recommender.rebuild import dreams

DATA = ROOT.parent / "shared" / "data" / "cifar10-mini.npz"
K = 10
PICTURES, GROUPS, WIDTH, PEOPLE = 1200, 30, 128, 800
OTHERS = 0.25
"""Share of the pictures that the principal components are learned on."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA, metavar="NPZ", help="pictures to dream of, as x_train")
    parser.add_argument("--epochs", type=int, default=30, help="of the GAN of pixels [30]")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=("pictures", "embeddings"), help="one half of it")
    parser.add_argument("--eyes", type=Path, metavar="FILE", help="model file, if not the one in var/eyes")
    parser.add_argument("--threads", type=int, default=2, help="of a network that learns [2]")
    parser.add_argument("--json", action="store_true", help="print the results as JSON, too")
    asked = parser.parse_args()
    settings.EYES_FILE = asked.eyes or find_model_file(ROOT / "var" / "eyes")
    results, kept = {}, []
    if asked.only != "embeddings":
        results["pictures"] = of_pictures(asked)
        kept += report_pictures(asked.data.stem, results["pictures"])
    if asked.only != "pictures":
        results["embeddings"] = of_embeddings(asked)
        kept += report_embeddings(results["embeddings"])
    if asked.json:
        tables.as_json(results)
    sys.exit(0 if all(kept) else 1)


def of_pictures(asked: argparse.Namespace) -> dict:
    if not asked.data.exists():
        sys.exit(f"{asked.data} is not there: name an .npz file with x_train by --data")
    started = time.perf_counter()
    pictures = read_npz(asked.data, size=32)
    made, taught = dreams.dream(pictures, epochs=asked.epochs, seed=asked.seed, threads=asked.threads)
    judgement = dreams.judge(dreams.looks(made.samples), dreams.looks(pictures), side=32, seed=asked.seed)
    assert judgement.comparison is not None
    return {
        "pictures": len(pictures),
        "learning_seconds": taught.seconds,
        "peak_mb": taught.peak_mb,
        "seconds": time.perf_counter() - started,
        "place": judgement.comparison.place,
        **judgement.as_card(),
    }


def report_pictures(name: str, result: dict) -> list[bool]:
    tables.show(
        f"Dreams of {result['pictures']:,} pictures of {name}: {result['learning_seconds']:.0f} s of learning in "
        f"{result['peak_mb']:.0f} MB",
        ["", "Fréchet distance", "place"],
        [
            ["real pictures (floor)", result["floor"], 0.0],
            ["dreams", result["distance"], result["place"]],
            ["random pixels (ceiling)", result["ceiling"], 1.0],
        ],
    )
    print(f"  {result['each']} on either side, mean of {result['draws']} draws; {result['seconds']:.0f} s in all")
    return [
        tables.verdict("place between floor and ceiling", result["place"], at_most=0.5),
        tables.verdict("dreams that are nearly a copy", result["memorised"], at_most=0.01),
        tables.verdict("minutes", result["seconds"] / 60, at_most=10),
    ]


def of_embeddings(asked: argparse.Namespace) -> dict:
    features, groups = clustered(pictures=PICTURES, groups=GROUPS, width=WIDTH, seed=asked.seed)
    world = planted(features=features, groups=groups, people=PEOPLE, seed=asked.seed)
    split = splits.per_user_time(world.likes)
    training = TrainingSet(likes=split.both, as_of=1.0, features=world.features)
    fitted = learning.fit("gan", training, seed=asked.seed, threads=asked.threads)
    model, likes = fitted.model, split.both
    rng = np.random.default_rng(asked.seed)
    popular = np.tile(np.bincount(likes.items, minlength=PICTURES).astype(np.float32), (PEOPLE, 1))
    taste = likes.matrix(np.ones(len(likes.items))) @ (world.features - world.features.mean(axis=0))
    lists = {
        "random": rng.random((PEOPLE, PICTURES), np.float32),
        "popularity": popular,
        "mean look of the likes": taste @ world.features.T,
        "gan": model.score(likes),
        "gan, strangers": model.score(likes.strangers()),
        "oracle": world.chances,
    }
    return {
        "people": int((split.test.counts > 0).sum()),
        "seconds": fitted.seconds,
        "peak_mb": fitted.peak_mb,
        "auc": model.auc,
        "collapse": model.collapse,
        "share": model.share,
        "temperature": model.temperature,
        "ndcg": {name: gain(scores, likes, split.test) for name, scores in lists.items()},
        **near_to_liked(model, likes, asked.seed),
    }


def gain(scores: np.ndarray, likes, test) -> float:
    """nDCG@10 of what was not reacted to before."""
    open_scores = np.where(likes.matrix().toarray() > 0, -np.inf, scores).astype(np.float32)
    tested = np.flatnonzero(test.counts)
    ranks = hit_ranks(best_lists(open_scores[tested], K), test.take(tested))
    return float(ndcg(ranks, test.counts[tested], K).mean())


def near_to_liked(model, likes, seed: int) -> dict:
    """The Fréchet distance of samples for everybody from what they like, components learned on a quarter of all."""
    pictures = np.random.default_rng(seed).permutation(PICTURES)
    others = pictures[: round(OTHERS * PICTURES)]
    real = model.looks[likes.items[~np.isin(likes.items, others)]]
    made = model.samples(likes).reshape(-1, model.looks.shape[1])
    noise = frechet.random_looks(count=frechet.MOST, width=made.shape[1], seed=seed)
    found = frechet.compare(generated=made, real=real, noise=noise, others=model.looks[others], seed=seed)
    return {
        "distance": found.distance,
        "floor": found.floor,
        "ceiling": found.ceiling,
        "each": found.each,
        "draws": found.draws,
        "place": found.place,
        "memorised": frechet.memorised(made, model.looks),
    }


def report_embeddings(result: dict) -> list[bool]:
    tables.show(
        f"The GAN that recommends: {result['people']} people, {PICTURES:,} pictures, {result['seconds']:.0f} s of "
        f"learning in {result['peak_mb']:.0f} MB",
        ["", "nDCG@10", "of the oracle"],
        [[name, value, value / result["ndcg"]["oracle"]] for name, value in result["ndcg"].items()],
    )
    tables.show(
        "Its samples",
        ["", "Fréchet distance", "place"],
        [
            ["liked (floor)", result["floor"], 0.0],
            ["samples", result["distance"], result["place"]],
            ["random directions (ceiling)", result["ceiling"], 1.0],
        ],
    )
    print(f"  w {result['share']}, τ {result['temperature']}; nearly a picture: {result['memorised']:.1%}")
    simple = max(result["ndcg"]["random"], result["ndcg"]["popularity"])
    return [
        tables.verdict(
            "nDCG@10 over the better of random and popularity", result["ndcg"]["gan"] / simple, at_least=1.2
        ),
        tables.verdict("AUC of D on likes held out", result["auc"], at_least=0.7),
        tables.verdict("collapse: cosine between one person's samples", result["collapse"], at_most=0.95),
        tables.verdict("place between floor and ceiling", result["place"], at_most=0.5),
    ]


if __name__ == "__main__":
    main()
