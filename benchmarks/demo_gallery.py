"""Draw the demo gallery in a `var` and leave it there: `.venv/bin/python benchmarks/demo_gallery.py DIR`.

Done by a running site, as at a first start; for benchmarks that ask for a site with the gallery (`--var DIR`).
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.running import running_site

PATIENCE = 3600.0  # seconds the gallery gets to be drawn and looked at


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("var", type=Path, metavar="DIR")
    parser.add_argument("--per-family", type=int, default=40, metavar="N", help="pictures of each family [40]")
    asked = parser.parse_args()
    asked.var.mkdir(parents=True, exist_ok=True)
    with running_site(asked.var.resolve(), "--per-family", str(asked.per_family), ready_within=PATIENCE) as site:
        site.manage("rebuild", "factors")


if __name__ == "__main__":
    main()
