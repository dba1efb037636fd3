"""What the first page weighs, each answer compressed by itself: `page_weight.py http://127.0.0.1:8000`.

Counts the HTML and every sheet and script it names. The column of brotli needs the package `brotli`.
"""

import gzip
import itertools
import re
import sys
import urllib.request


def fetch(address: str) -> bytes:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "identity"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def sizes(body: bytes) -> tuple[int, int, int]:
    try:
        import brotli
    except ImportError:
        return len(body), 0, len(gzip.compress(body))
    return len(body), len(brotli.compress(body)), len(gzip.compress(body))


def main(site: str) -> None:
    html = fetch(f"{site}/")
    text = html.decode()
    parts = {
        "HTML": [html],
        "CSS": [fetch(site + path) for path in re.findall(r'rel="stylesheet" href="([^"]+)"', text)],
        "JavaScript": [fetch(site + path) for path in re.findall(r'<script[^>]*src="([^"]+)"', text)],
    }
    print("part         answers  as it is   brotli     gzip")
    for name, bodies in [*parts.items(), ("all", list(itertools.chain(*parts.values())))]:
        raw, small, other = map(sum, zip(*map(sizes, bodies), strict=True))
        print(f"{name:<12} {len(bodies):>7} {raw:>9,} {small:>8,} {other:>8,}")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
