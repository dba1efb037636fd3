"""Draw the demo gallery and look at it, once: `.venv/bin/python benchmarks/gallery_features.py F.npz`.

Every picture is drawn by `catalog.demo`, printed as the JPEG that the site takes in, and looked at by the model file
of `manage.py build_eyes`. Needs no site and no database; about five minutes on two idle cores.
"""

import argparse
import io
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from catalog.demo import prints
from catalog.demo.gallery import FAMILIES, PER_FAMILY
from recommender.engine.vision.embedder import Embedder, find_model_file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path, metavar="F.npz")
    parser.add_argument("--eyes", type=Path, metavar="FILE", help="model file, if not the one in var/eyes")
    asked = parser.parse_args()
    draw(asked.out, eyes=asked.eyes)


def draw(out: Path, *, eyes: Path | None = None) -> None:
    """Write `features` (560, 1280) float32 and `families` (560,), the pictures family by family."""
    embedder = Embedder(eyes or find_model_file(ROOT / "var" / "eyes"))
    wanted = [(family.slug, number) for family in FAMILIES for number in range(PER_FAMILY)]
    # Spawned, because the embedder's threads do not survive a fork.
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        made = tqdm(pool.map(prints.made, wanted), total=len(wanted), desc="drawing", unit="picture")
        features = [embedder.embed(Image.open(io.BytesIO(one.jpeg))).features for one in made]
    np.savez(out, features=np.array(features), families=np.repeat(np.arange(len(FAMILIES)), PER_FAMILY))


def load(file: Path | None, scratch: Path) -> tuple[np.ndarray, np.ndarray]:
    """Features and families from `file`, or drawn into `scratch` when there is none."""
    if file is None or not file.exists():
        file = file or scratch / "gallery.npz"
        draw(file)
    with np.load(file) as stored:
        return stored["features"], stored["families"]


if __name__ == "__main__":
    main()
