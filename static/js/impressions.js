// Tells the site which cards were looked at: half of a card on the screen for a second, once for each list.
import { tellSite } from "./telling.js";

const SHARE = 0.5;
const LONG_ENOUGH = 1000;
const BATCH = 50;
const PAUSE = 3000;

const timers = new WeakMap();
const told = new Set();
let waiting = [];
let pause;
let isCovered = false;

function key(card) {
  return `${card.dataset.feed}/${card.dataset.imageId}`;
}

function seen(card) {
  observer.unobserve(card);
  if (told.has(key(card))) return;
  told.add(key(card));
  waiting.push({
    kind: "impression",
    image: Number(card.dataset.imageId),
    feed: card.dataset.feed,
    position: Number(card.dataset.position),
    at: new Date().toISOString(),
  });
  if (waiting.length >= BATCH) send();
  else pause ??= setTimeout(send, PAUSE);
}

function send() {
  clearTimeout(pause);
  pause = undefined;
  if (!waiting.length) return;
  const events = waiting;
  waiting = [];
  tellSite(events);
}

const observer = new IntersectionObserver(
  (changes) => {
    for (const { target, isIntersecting } of changes) {
      clearTimeout(timers.get(target));
      if (isIntersecting) timers.set(target, setTimeout(() => isCovered || seen(target), LONG_ENOUGH));
    }
  },
  { threshold: SHARE },
);

function watch(root) {
  if (isCovered) return;
  for (const card of root.querySelectorAll("article[data-feed]")) observer.observe(card);
}

watch(document);
for (const name of ["htmx:load", "fed"]) document.addEventListener(name, () => watch(document));
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && send());
// What lies under an opened picture is not looked at; it is again when that has closed.
document.addEventListener("closeup", ({ detail }) => {
  isCovered = detail.image !== null;
  observer.disconnect();
  watch(document);
});
