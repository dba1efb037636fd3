"""Names for groups of pictures, from what people and the machine call them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from catalog.models import Image, ImageTag
from catalog.models.tags import in_language


def names_of(groups: Sequence[Sequence[int]], *, least: float) -> list[str]:
    """For each group of pictures, the category or tag that fits it and sets it apart best; "" where none fits.

    A name fits a group when at least a share `least` of its pictures have it. The best is the one whose share in the
    group most exceeds its share in all groups; equal ones by name.
    """
    ids = [image for group in groups for image in group]
    words: dict[int, set[str]] = {image: set() for image in ids}
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        tagged = ImageTag.objects.filter(image__in=some, removed=False)
        tags = tagged.values_list("image", "tag__name", "tag__name_zh")
        sorted_into = Image.objects.filter(pk__in=some, category__isnull=False)
        categories = sorted_into.values_list("pk", "category__name", "category__name_zh")
        for image, *names in [*tags, *categories]:
            words[image].add(in_language(*names))
    everywhere = Counter(name for names in words.values() for name in names)
    return [_name(group, words, everywhere, total=max(len(ids), 1), least=least) for group in groups]


def _name(
    group: Sequence[int], words: dict[int, set[str]], everywhere: Counter[str], *, total: int, least: float
) -> str:
    here = Counter(name for image in group for name in words[image])
    fitting = [name for name, count in here.items() if count >= least * len(group)]
    return min(fitting, key=lambda name: (everywhere[name] / total - here[name] / len(group), name), default="")
