"""Words by what they mean: which names are as good as a word, and which wider words it has."""

from collections.abc import Sequence
from itertools import takewhile

import numpy as np

from recommender.engine.arrays import Rows, Scores, as_rows
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.vision import tags
from recommender.engine.vision.text import WIDER

STEM = 3
"""Letters at the beginning that two forms of one word share at least."""
ENDING = 2
"""Letters at the end in which they may differ at most."""


def akin(word: str, names: Sequence[str], cosines: Scores, config: RankingConfig = DEFAULT) -> Rows:
    """Rows of the names that are as good as the word: they mean the same, or nearly so in another form of it.

    Stemmers do not join rainy and rain, nor wooden and wood. Nearness in meaning does, and spelling tells forms of a
    word from its neighbours. cosines: (names,) of the word to each name.
    """
    near = np.flatnonzero(cosines >= config.akin_form).tolist()
    return as_rows([row for row in near if cosines[row] >= config.akin_least or is_form(word, names[row])])


def is_form(word: str, other: str) -> bool:
    """Whether two words begin alike and differ in a short ending only."""
    stem = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
    return stem >= STEM and max(len(word), len(other)) - stem <= ENDING


def widened(text: str, likeness: Scores, config: RankingConfig = DEFAULT) -> str:
    """The text, and what is above all classes that mean it: `dogs, mammal, animal`. Unchanged where none means it.

    likeness: (1000,) cosines of the text to the names of the classes.
    """
    return ", ".join(dict.fromkeys([text, *wider_names(likeness, config)[:WIDER]]))


def wider_names(likeness: Scores, config: RankingConfig = DEFAULT) -> list[str]:
    """What is above all classes that mean a text, nearest first; none where none means it."""
    if likeness.max() < config.meaning_wider:
        return []
    named = tags.class_words()
    above = [[word.name for word in tags.wider(named[row].slug)] for row in meant(likeness, config).tolist()]
    return [name for name in above[0] if all(name in line for line in above)]


def nearness(written: Scores, seen: Scores, config: RankingConfig = DEFAULT) -> Scores:
    """(n,) how near pictures are to a text: by what people wrote about them, and a little by what the eyes see.

    Classes say little of a drawing, and err; what people wrote does not. written, seen: (n,) cosines of the text to
    what was written and to the classes. A picture that nobody wrote about has 0, and is taken at its classes' word.
    """
    told: Scores = np.where(written, written, config.meaning_wordless * seen)
    return told + config.meaning_eyes * seen


def meant(likeness: Scores, config: RankingConfig = DEFAULT) -> Rows:
    """The classes whose names mean a text. likeness: (1000,) its cosines to them."""
    least = max(config.meaning_least, config.meaning_share * float(likeness.max()))
    return np.flatnonzero(likeness >= least)
