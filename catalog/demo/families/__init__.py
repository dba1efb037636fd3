"""One module a family: `SLUG`, `NAME` and `draw(rng, number) -> Drawing`. Listed in `catalog.demo.gallery`.

A family imports `Drawing` from `catalog.demo.drawing`; `gallery` imports the families, never the other way round.
"""
