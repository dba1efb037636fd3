"""How often a machine's word for a picture is right: `.venv/bin/python benchmarks/machine_tags.py`.

Pictures of `../shared/data/images` whose folder says what they show; a word is right when it, or one above it, is among
those that fit the folder. The line of trust in `engine.vision.tags` was fitted on one half of the pictures; both halves
are shown, with what a plain confidence of a quarter gives beside it.
"""

import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import tables
from recommender.engine.vision import tags
from recommender.engine.vision.embedder import Embedder, find_model_file

DATA = ROOT.parent / "shared" / "data" / "images"
ANY = 1e-9  # trust that every word deserves
GARMENTS = ("dress", "hat", "longsleeve", "outwear", "pants", "shirt", "shoes", "shorts", "skirt", "t-shirt")
WORN = "clothing shoe headwear hat hosiery shirt sweater coat dress skirt swimwear underwear accessory"
FITS = {
    "fashion": dict.fromkeys(GARMENTS, WORN),
    "photos": {
        "animals": "animal",
        "fishes": "animal",
        "monuments": "structure landscape",
        "tools": "tool hardware instrument weapon electronics cosmetics",
        "renewable": "structure machine landscape electronics",
    },
    "illustrations": {
        "animals": "animal",
        "plants": "plant fungus food landscape",
        "food": "food tableware kitchenware container",
        "transportation": "vehicle",
        "electronics": "electronics lighting machine",
        "tools": "tool hardware weapon instrument machine kitchenware stationery",
        "containers": "container furniture",
        "buildings": "structure furniture",
    },
}


def main() -> None:
    eyes = Embedder(find_model_file(ROOT / "var" / "eyes"))
    rows = []
    for kind, folders in FITS.items():
        halves: dict[str, list[tuple[np.ndarray, set[str]]]] = {"fitted on": [], "reported": []}
        for folder, fits in folders.items():
            for file in sorted((DATA / kind / folder).iterdir()):
                half = "reported" if zlib.crc32(f"{kind}/{folder}/{file.name}".encode()) % 2 else "fitted on"
                halves[half].append((eyes.embed(opened(file)).probabilities, set(fits.split())))
        for half, pictures in halves.items():
            plain = [told(tags.name(seen, trust=ANY), fits) for seen, fits in pictures]
            now = [told(tags.name(seen), fits) for seen, fits in pictures]
            rows.append([kind, half, len(pictures), *figures(plain), *figures(now)])
    head = ["pictures", "half", "of them", "words", "right, %", "pictures told right, %"]
    tables.show("Machines' words: a quarter sure, then by trust", [*head, *head[3:]], rows)
    reported = [row for row in rows if row[1] == "reported"]
    verdicts = [
        tables.verdict(f"right, {row[0]}, more than before, points", row[7] - row[4], at_least=0) for row in reported
    ]
    sys.exit(0 if all(verdicts) else 1)


def told(found: list[tags.Tag], fits: set[str]) -> list[bool]:
    return [bool(({tag.slug} | {word.slug for word in tags.wider(tag.slug)}) & fits) for tag in found]


def figures(pictures: list[list[bool]]) -> tuple[int, float, float]:
    words = [word for picture in pictures for word in picture]
    return len(words), 100 * float(np.mean(words)), 100 * float(np.mean([any(picture) for picture in pictures]))


def opened(file: Path) -> Image.Image:
    picture = Image.open(file).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")


if __name__ == "__main__":
    main()
