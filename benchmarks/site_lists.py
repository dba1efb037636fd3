"""The similar list that a site of its own gives each picture of a folder, imported by `import_images`.

    .venv/bin/python benchmarks/site_lists.py DIR > lists.json

Everything is done in this process and in a temporary `var`, in the order in which the worker does it: import, decode,
embed, publish. Near-copies are not folded. Prints `{"classes": {id: top folder}, "similar": {id: [id, …]}}`.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
K = 10


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="visrec-benchmark-") as var:
        start_site(Path(var))
        import_folder(folder)
        process()
        print(json.dumps(lists()))


def start_site(var: Path) -> None:
    """An empty site with one person, on SQLite, without a broker: what is not sent is done below."""
    for name in ("DATABASE_URL", "CACHE_URL", "MEDIA"):
        os.environ.pop(name, None)
    os.environ |= {
        "VAR": str(var),
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "LOG_LEVEL": "CRITICAL",
        "DJANGO_SETTINGS_MODULE": "visrec_site.settings",
    }
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    get_user_model().objects.create_superuser("owner", "owner@example.org", "a long password of the benchmark")


def import_folder(folder: Path) -> None:
    from django.core.management import CommandError, call_command

    try:
        call_command("import_images", str(folder), stdout=sys.stderr)
    except CommandError as refusals:
        print(refusals, file=sys.stderr)


def process() -> None:
    """Decode and look at every picture, then publish them together."""
    from django.utils import timezone
    from tqdm import tqdm

    from catalog import processing
    from catalog.models import Image
    from recommender import rebuild

    waiting = list(Image.objects.values_list("pk", flat=True))
    for image_id in tqdm(waiting, desc="decoding", unit="picture"):
        processing.process_image(image_id, now=timezone.now())
    for start in tqdm(range(0, len(waiting), rebuild.BATCH), desc="embedding", unit="batch"):
        rebuild.embed_images(waiting[start : start + rebuild.BATCH], now=timezone.now())
    rebuild.publish_index(key=rebuild.model_key(), now=timezone.now())


def lists() -> dict[str, dict]:
    from tqdm import tqdm

    from catalog.models import Image
    from catalog.viewers import NOBODY
    from recommender.similar import similar_images

    images = Image.objects.filter(findable_at__isnull=False).select_related("category__parent")
    found = {}
    for image in tqdm(images, desc="asking", unit="picture"):
        answer = similar_images(viewer=NOBODY, image_id=image.pk, k=K, mode="look", folding=False)
        found[image.pk] = [entry.card.id for entry in answer.entries]
    return {"classes": {image.pk: top_category(image) for image in images}, "similar": found}


def top_category(image) -> str:
    category = image.category
    while category and category.parent:
        category = category.parent
    return category.slug if category else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
