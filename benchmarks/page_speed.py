"""How fast the pages are where people look at them: on a phone that is slow, and far down a long list.

    .venv/bin/python benchmarks/page_speed.py --var DIR [--runs 7] [--pictures 10000]

DIR has the demo gallery (see demo_gallery.py); it is copied. First page: a phone (390×844, two device pixels a pixel),
nothing in the cache, nobody signed in, processor four times slower, two networks; medians. Presses: likes, dismissals,
reasons, saving and search on that phone, each until the next paint. Far down: the gallery grown to many pictures (see
grown_gallery.py), a desk without brakes, after 2,000 cards. Changed list: from the press of a like until the cards
that follow from it have been painted. The baseline is the first screen, which each figure is printed beside where it
can be.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import sites, tables
from benchmarks.browsing import DESK, FRAMES, PHONE, Line, Received, chromium, heap, scrolled, visit
from tests.running import Account, read_accounts

LINES = [Line("10 Mbit/s, 40 ms", 10e6, 0.040), Line("1.6 Mbit/s, 150 ms", 1.6e6, 0.150)]
LCP_TARGETS = [1500.0, 3000.0]  # milliseconds
CARDS = 2000
CARD = "[data-list] > .page > article"
ABOVE_THE_FOLD = """() => [...document.querySelectorAll("img")]
    .filter((image) => image.getBoundingClientRect().top < innerHeight && image.currentSrc.startsWith("http"))
    .map((image) => image.currentSrc)"""
SHOWN = (
    "Math.max(...[...document.querySelectorAll('article[data-position]')].map((card) => +card.dataset.position)) + 1"
)


def main() -> int:
    asked = parse()
    result: dict = {}
    with sites.temporary_var() as folder, chromium() as browser:
        var = folder / "var"
        shutil.copytree(asked.var, var, ignore=shutil.ignore_patterns("broker", "log", "up.lock"))
        with sites.served(var) as url:
            first_page(browser, url, Line("to wake the site", 1e9, 0.0))
            result["first"] = [[first_page(browser, url, line) for _ in range(asked.runs)] for line in LINES]
            result["presses"] = presses(browser, url, read_accounts(var)["member"])
        grow = [sys.executable, str(Path(__file__).with_name("grown_gallery.py")), str(var)]
        subprocess.run([*grow, "--pictures", str(asked.pictures)], check=True)
        with sites.served(var) as url:
            result["far"] = far_down(browser, url)
            result["changed"] = changed(browser, url, asked.likes)
    if asked.json:
        tables.as_json(result)
    return 0 if report(result) else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--var", type=Path, required=True, metavar="DIR", help="the site with the demo gallery")
    parser.add_argument("--runs", type=int, default=7, help="first visits on each network [7]")
    parser.add_argument("--pictures", type=int, default=10_000, help="in the grown gallery [10000]")
    parser.add_argument("--likes", type=int, default=100, help="presses that change the list [100]")
    parser.add_argument("--json", action="store_true", help="print the raw figures as JSON, too")
    return parser.parse_args()


def first_page(browser, url: str, line: Line) -> dict[str, float]:
    """LCP, bytes, and the layout shifts of the first screen and of a full scroll."""
    with visit(browser, url, PHONE, line) as (page, session):
        received = Received(session)
        page.goto("/", wait_until="networkidle")
        code, pictures = (
            received.of("Document", "Stylesheet", "Script"),
            received.at(set(page.evaluate(ABOVE_THE_FOLD))),
        )
        lcp = page.evaluate("notes.lcp")
        scrolled(page, by=700, times=30, pause=0.1)
        return {"lcp": lcp, "code": code, "pictures": pictures, "cls": largest_burst(page.evaluate("notes.shifts"))}


def largest_burst(shifts: list[list[float]]) -> float:
    """CLS: the largest sum of shifts less than a second apart and within five seconds (web.dev/articles/cls)."""
    most = total = began = last = 0.0
    for moment, value in shifts:
        if moment - last >= 1000 or moment - began >= 5000:
            began, total = moment, 0.0
        total, last = total + value, moment
        most = max(most, total)
    return most


def presses(browser, url: str, member: Account) -> list[float]:
    """Milliseconds from each of thirty presses to the next paint; what is faster than 16 counts as 16.

    A member presses, for saving asks for an account.
    """
    with visit(browser, url, PHONE, LINES[0]) as (page, _session):
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(member.username)
        page.locator("input[name=password]").fill(member.password)
        page.locator("form:has(input[name=password]) button[type=submit]").click()
        page.wait_for_url(lambda url: "/accounts/login/" not in url)
        page.goto("/", wait_until="networkidle")
        for number in range(30):
            action = ("like", "dismiss", "why", "save", "search")[number % 5]
            press(page, action, number // 5)
            page.wait_for_timeout(600)
        found = list(page.evaluate("notes.presses").values())
    return [*found, *[16.0] * (30 - len(found))]


def press(page, action: str, number: int) -> None:
    if action == "search":
        page.keyboard.press("/")
        page.keyboard.press("Escape")
        return page.evaluate("document.activeElement.blur()")
    card = page.locator(f"{CARD}:not(:has(.dismissed))").nth(number)
    button = card.locator(f":scope > * [data-action={action}]").first
    card.evaluate("card => card.scrollIntoView({ block: 'center' })")  # clear of what lies over the edges
    button.click()
    if action == "why":
        page.keyboard.press("Escape")
    return None


def far_down(browser, url: str) -> dict[str, float]:
    """After 2,000 cards: nodes alive, the heap's growth, and ten seconds of scrolling back and forth."""
    with visit(browser, url, DESK) as (page, session):
        page.goto("/", wait_until="networkidle")
        before, most = heap(session), 0
        for _ in range(CARDS):
            scrolled(page, by=1200, times=2, pause=0.08)
            most = max(most, page.locator(CARD).count())
            if page.evaluate(SHOWN) >= CARDS or page.locator(".end").count():
                break
        page.wait_for_timeout(1000)
        shown, growth = page.evaluate(SHOWN), heap(session) - before
        page.evaluate(FRAMES, None)
        centre = {"x": 700, "y": 450, "speed": 2000, "gestureSourceType": "mouse"}
        for distance in (10_000, -10_000):
            session.send("Input.synthesizeScrollGesture", {**centre, "yDistance": distance})
        frames, long = page.evaluate("[notes.frames, notes.long]")
        cls = largest_burst(page.evaluate("notes.shifts"))
    longest, quick = max(long, default=0.0), float(np.mean(np.array(frames) < 33))
    return {"shown": shown, "most": most, "heap": growth, "longest": longest, "quick": quick, "cls": cls}


def changed(browser, url: str, likes: int) -> list[float]:
    """Milliseconds from the press of each like until the changed list has been painted."""
    with visit(browser, url, DESK) as (page, _session):
        page.goto("/", wait_until="networkidle")
        for _ in range(likes):
            picture = page.locator(f"{CARD}:not(:has([data-action=like][aria-pressed=true]))")
            at = next((each for each in picture.all()[:60] if is_on_screen(each)), None)
            if at is None:
                scrolled(page, by=800, times=1, pause=0.5)
                continue
            at.locator("[data-action=like]").click(force=True)
            page.wait_for_function("() => !notes.pressed || performance.now() - notes.pressed > 5000")
            page.wait_for_timeout(150)
            scrolled(page, by=300, times=1, pause=0.2)
        return list(page.evaluate("notes.changed"))


def is_on_screen(card) -> bool:
    box = card.bounding_box()
    return box is not None and box["y"] > 70 and box["y"] + 60 < DESK["viewport"]["height"]


def report(result: dict) -> bool:
    """Print the tables and the targets; returns whether all are kept."""
    medians = [{name: float(np.median([run[name] for run in runs])) for name in runs[0]} for runs in result["first"]]
    rows = [
        [line.name, each["lcp"], each["cls"], each["code"] / 1e3, each["pictures"] / 1e3]
        for line, each in zip(LINES, medians, strict=True)
    ]
    tables.show("First page", ["network", "LCP ms", "CLS", "HTML+CSS+JS kB (gzip)", "pictures kB"], rows)
    far, moved = result["far"], result["changed"]
    tables.show("Far down", list(far), [list(far.values())])
    kept = [
        tables.verdict(f"LCP, {line.name}", each["lcp"], at_most=target)
        for line, each, target in zip(LINES, medians, LCP_TARGETS, strict=True)
    ]
    return all([
        *kept,
        tables.verdict("CLS with a full scroll", max(each["cls"] for each in medians), at_most=0.02),
        tables.verdict("HTML+CSS+JS, kB with gzip", medians[0]["code"] / 1e3, at_most=140.0),
        tables.verdict("pictures above the fold, kB", medians[0]["pictures"] / 1e3, at_most=250.0),
        tables.verdict("press → next paint, ms, p98", float(np.quantile(result["presses"], 0.98)), at_most=100.0),
        tables.verdict("cards shown far down", far["shown"], at_least=CARDS),
        tables.verdict("card nodes alive", far["most"], at_most=200),
        tables.verdict("longest task far down, ms", far["longest"], at_most=100.0),
        tables.verdict("frames under 33 ms", far["quick"], at_least=0.95),
        tables.verdict("growth of the heap, MB", far["heap"], at_most=60.0),
        tables.verdict("CLS far down", far["cls"], at_most=0.02),
        tables.verdict("press → changed list painted, ms, p95", float(np.quantile(moved, 0.95)), at_most=300.0),
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
