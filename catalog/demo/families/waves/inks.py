"""The inks of a wave: deep, middle, light, foam, sky, accent."""

import numpy as np
import numpy.typing as npt

Rng = np.random.Generator


Inks = tuple[str, ...]  # deep, middle, light, foam, sky, accent


Curve = npt.NDArray[np.float64]
