"""Somebody who looks at a site with Chromium, with a slow network and processor where asked, and what they met."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests import browser
from tests.environment import BASE

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": False}
DESK = {"viewport": {"width": 1440, "height": 900}}
# What the page itself notes from its first moment on.
NOTES = """
window.notes = { lcp: 0, shifts: [], long: [], presses: {}, frames: [], changed: [] };
const note = (type, options, take) => new PerformanceObserver((list) => list.getEntries().forEach(take))
    .observe({ type, buffered: true, ...options });
note("largest-contentful-paint", {}, (entry) => (notes.lcp = entry.startTime));
note("layout-shift", {}, (entry) => entry.hadRecentInput || notes.shifts.push([entry.startTime, entry.value]));
note("longtask", {}, (entry) => notes.long.push(entry.duration));
note("event", { durationThreshold: 16 }, ({ interactionId: id, duration }) => {
  if (id) notes.presses[id] = Math.max(notes.presses[id] ?? 0, duration);
});
addEventListener("click", (event) => (notes.pressed = event.timeStamp), true);
addEventListener("fed", () => {
  if (!document.querySelector(".page--fresh") || !notes.pressed) return;
  const since = notes.pressed;
  notes.pressed = 0;
  requestAnimationFrame(() => setTimeout(() => notes.changed.push(performance.now() - since)));
});
"""
FRAMES = """(frames) => {
  notes.frames = []; notes.long = [];
  let last = performance.now();
  const step = (now) => { notes.frames.push(now - last); last = now; if (notes.going) requestAnimationFrame(step); };
  notes.going = true; requestAnimationFrame(step);
}"""


@dataclass(frozen=True)
class Line:
    """A network and a processor: bits a second, seconds there and back, how many times slower."""

    name: str
    bits: float
    latency: float
    slower: float = 4.0


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    path = browser.find(BASE / "var" / "tools")
    if path is None:
        raise SystemExit(browser.ADVICE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=[*browser.FLAGS, "--enable-precise-memory-info"])
        yield opened
        opened.close()


@contextlib.contextmanager
def visit(chromium: Browser, url: str, device: dict, line: Line | None = None) -> Iterator[tuple[Page, CDPSession]]:
    """A page with nothing in its cache, and the protocol to ask about it."""
    context = chromium.new_context(base_url=url, **device)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Performance.enable")
    if line:
        slow(session, line)
    page.add_init_script(NOTES)
    yield page, session
    context.close()


def slow(session: CDPSession, line: Line) -> None:
    speed = {"downloadThroughput": line.bits / 8, "uploadThroughput": line.bits / 8}
    session.send("Network.emulateNetworkConditions", {"offline": False, "latency": line.latency * 1000, **speed})
    session.send("Emulation.setCPUThrottlingRate", {"rate": line.slower})


class Received:
    """Bytes as they came over the network, by kind and by address."""

    def __init__(self, session: CDPSession) -> None:
        self.kinds: dict[str, str] = {}
        self.addresses: dict[str, str] = {}
        self.bytes: dict[str, float] = {}
        session.on("Network.responseReceived", self._begun)
        session.on("Network.loadingFinished", self._done)

    def _begun(self, event: dict) -> None:
        self.kinds[event["requestId"]] = event["type"]
        self.addresses[event["requestId"]] = event["response"]["url"]

    def _done(self, event: dict) -> None:
        self.bytes[event["requestId"]] = event["encodedDataLength"]

    def of(self, *kinds: str) -> float:
        return sum(size for request, size in self.bytes.items() if self.kinds.get(request) in kinds)

    def at(self, addresses: set[str]) -> float:
        return sum(size for request, size in self.bytes.items() if self.addresses.get(request) in addresses)


def heap(session: CDPSession) -> float:
    """Megabytes that scripts use, after a collection."""
    session.send("HeapProfiler.collectGarbage")
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["JSHeapUsedSize"] / 1e6)


def scrolled(page: Page, *, by: int, times: int, pause: float) -> None:
    for _ in range(times):
        page.mouse.wheel(0, by)
        page.wait_for_timeout(pause * 1000)
