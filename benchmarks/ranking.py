"""Processor time of one page of the feed with its reasons; set OPENBLAS_NUM_THREADS=1 as the web workers do."""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
from scipy import sparse

sys.path.insert(0, str(Path(__file__).parent.parent))

from recommender.engine.arrays import Segments, unit
from recommender.engine.factors import with_gram
from recommender.engine.index import background_moments, codes_for
from recommender.engine.inputs import Catalogue, History, PeopleModel
from recommender.engine.neighbours import co_likes
from recommender.engine.ranking import rank

NOW = 1_800_000_000.0
FAMILIES = 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=10_000)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--likes", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=40)
    asked = parser.parse_args()
    rng = np.random.default_rng(0)
    catalogue, people = world(rng, asked.pictures, asked.width)
    spent = []
    for number in range(asked.rounds):
        tastes = rng.choice(FAMILIES, 4, replace=False)
        liked = rng.choice(np.flatnonzero(np.isin(catalogue.categories, tastes)), asked.likes, replace=False)
        history = History.of(liked, NOW - rng.exponential(10 * 86400, asked.likes))
        begun = time.process_time()
        rank(catalogue=catalogue, people=people, history=history, excluded=liked, k=24, seed=number, as_of=NOW)
        spent.append(1000 * (time.process_time() - begun))
    p50, p95 = np.percentile(spent, [50, 95]).round(1).tolist()
    print(json.dumps({**vars(asked), "p50_cpu_ms": p50, "p95_cpu_ms": p95}))


def world(rng: np.random.Generator, pictures: int, width: int) -> tuple[Catalogue, PeopleModel]:
    families = rng.integers(FAMILIES, size=pictures)
    centres = unit(rng.standard_normal((FAMILIES, width)))
    vectors = unit(centres[families] + unit(rng.standard_normal((pictures, width)))).astype(np.float16)
    likers, liked = rng.integers(2000, size=60_000), rng.integers(pictures, size=60_000)
    likes = sparse.csr_matrix((np.ones(likers.size), (likers, liked)), shape=(2000, pictures))
    catalogue = Catalogue(
        vectors=Segments(np.array_split(vectors, max(1, pictures // 4096))),
        created=NOW - rng.exponential(30 * 86400, pictures),
        categories=families.astype(np.int64),
        moments=background_moments(vectors),
        hashes=rng.integers(2**64, size=(pictures, 2), dtype=np.uint64),
        codes=codes_for(vectors),
    )
    people = PeopleModel(
        co_likes=co_likes(likes),
        factors=with_gram((0.1 * rng.standard_normal((pictures, 128))).astype(np.float32)),
        trending=rng.exponential(1, pictures),
        popular=np.bincount(liked, minlength=pictures).astype(np.float64),
    )
    return catalogue, people


if __name__ == "__main__":
    main()
