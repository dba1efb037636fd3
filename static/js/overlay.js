// A picture opens over the list it hangs in, at its own address. Back, Escape or a press beside it leads back to the
// list, which has not moved. Opening pictures from within (similar ones) is a walk, and Back goes through it.
import { closeup, coming, fetchAhead, forgetAhead } from "./closeups.js";
import { failureWords } from "./requests.js";

const CARD = "article[data-image-id]";
const NEAR_THE_END = 6; // cards before its end, a list is asked for more
const AHEAD = 300; // ms after a picture has come, the next one is fetched

const overlay = document.getElementById("overlay");
const place = overlay.querySelector("[data-overlay-place]");
// The walk that began in the list. `step` is what is shown: { address, image, list, depth, article, reason, pixels, top }.
const steps = [];
let step;
let listAddress;
let listTitle;
let isLeaving = false;
let isAwaited = false;

// Where the picture was reloaded as a page of its own: the list behind it is not in this document.
const reloadedAt = history.state?.closeup && address();

function address() {
  return location.pathname + location.search;
}

function path(link) {
  return link.pathname + link.search;
}

function cardOf(list, image) {
  return list?.querySelector(`article[data-image-id="${image}"]`);
}

function isPicture(link) {
  return link.origin === location.origin && /^\/images\/\d+\/$/.test(link.pathname);
}

// Opening, turning, leaving

function open(link) {
  const card = link.closest(CARD);
  const image = link.pathname.split("/")[2];
  const isPlaced = card?.dataset.imageId === image; // what a trail or a reason names has no place in a list
  const depth = step ? step.depth + 1 : 1;
  if (!step) listAddress = address();
  else step.top = overlay.scrollTop;
  history.pushState({ closeup: { depth } }, "", link.href);
  show({ address: path(link), image, list: isPlaced ? card.closest("[data-list]") : undefined, depth });
}

function turn(direction) {
  const card = neighbour(direction);
  if (!card) {
    isAwaited = direction > 0 && fetchMore();
    return;
  }
  const link = card.querySelector(".card__link");
  card.scrollIntoView({ block: "nearest" });
  history.replaceState(history.state, "", link.href);
  show({ address: path(link), image: card.dataset.imageId, list: step.list, depth: step.depth });
}

function neighbour(direction) {
  const cards = [...(step.list?.querySelectorAll(CARD) ?? [])];
  const here = cards.indexOf(cardOf(step.list, step.image));
  if (here < 0) return undefined;
  if (here > cards.length - NEAR_THE_END) fetchMore();
  const rest = direction > 0 ? cards.slice(here + 1) : cards.slice(0, here).reverse();
  return rest.find((card) => !card.querySelector(":scope > .dismissed"));
}

// Asks the list for its next page; false at its end.
function fetchMore() {
  const more = step.list?.querySelector(".more");
  const sentinel = more?.querySelector("[hx-get]");
  if (sentinel && !more.matches(".is-loading, .is-failed")) htmx.trigger(sentinel, "retry");
  return Boolean(more);
}

function leave() {
  if (isLeaving) return;
  isLeaving = true;
  history.go(-step.depth);
}

// Showing

function show(next) {
  const card = cardOf(next.list, next.image);
  step = next;
  step.pixels = card?.querySelector(".frame__picture")?.currentSrc;
  step.reason = card?.querySelector(":scope > .reason")?.cloneNode(true);
  step.article = coming(card);
  steps.length = step.depth - 1;
  steps.push(step);
  if (overlay.open) reveal();
  else travel(card?.querySelector(".frame"), reveal, () => place.querySelector(".frame--whole"));
  fill(step);
}

async function fill(wanted) {
  try {
    const article = await closeup(wanted.address);
    if (wanted !== step) return;
    // The card's picture stays until the large one has come.
    if (wanted.pixels) article.querySelector(".frame__placeholder")?.setAttribute("src", wanted.pixels);
    giveReason(article, wanted.reason);
    wanted.article = article;
    if (overlay.open) reveal();
    htmx.process(article);
    tell();
  } catch (error) {
    if (wanted === step) fail(wanted, error.status);
  }
}

function fetchNext() {
  const link = step && neighbour(1)?.querySelector(".card__link");
  if (link) fetchAhead(path(link));
}

function giveReason(article, reason) {
  const line = article.querySelector("[data-came-by]");
  if (!line || !reason) return;
  reason.open = false;
  line.append(reason);
  line.hidden = false;
}

function fail(wanted, status) {
  const note = overlay.querySelector("[data-overlay-failed]").content.firstElementChild.cloneNode(true);
  note.querySelector("[data-overlay-why]").textContent = failureWords(status);
  note.querySelector("a").href = wanted.address;
  wanted.article.removeAttribute("aria-busy");
  wanted.article.querySelector(".image__coming")?.replaceWith(note);
}

function reveal() {
  const isNew = !place.contains(step.article);
  if (!overlay.open) {
    listTitle = document.title;
    const isByKey = document.activeElement.matches(":focus-visible");
    overlay.showModal();
    if (!isByKey) overlay.focus(); // else WebKit draws the frame of the focus around its first button
    document.documentElement.classList.add("has-overlay");
  }
  if (isNew) place.replaceChildren(step.article);
  if (isNew) overlay.scrollTop = step.top ?? 0;
  showWays();
  if (!overlay.contains(document.activeElement)) overlay.focus();
}

function showWays() {
  for (const [way, direction] of Object.entries({ previous: -1, next: 1 })) {
    const button = overlay.querySelector(`[data-overlay-way=${way}]`);
    const leads = neighbour(direction) || (direction > 0 && step.list?.querySelector(".more"));
    if (!leads && document.activeElement === button) overlay.focus();
    button.hidden = !leads;
  }
}

// Tells people and the other modules which picture is being looked at.
function tell() {
  const { title, dwell } = step.article.dataset;
  const name = step.article.dataset.name;
  document.title = title;
  overlay.setAttribute("aria-label", name);
  overlay.querySelector("[data-overlay-said]").textContent = name;
  document.dispatchEvent(new CustomEvent("closeup", { detail: { image: Number(dwell) } }));
  setTimeout(fetchNext, AHEAD);
}

function close() {
  const { list, image } = steps[0] ?? {};
  const card = cardOf(list, image);
  travel(place.querySelector(".frame--whole"), () => unmount(card), () => card?.querySelector(".frame"));
}

function unmount(card) {
  overlay.close();
  document.documentElement.classList.remove("has-overlay");
  place.replaceChildren();
  document.title = listTitle;
  steps.length = 0;
  forgetAhead();
  step = undefined;
  isLeaving = isAwaited = false;
  document.dispatchEvent(new CustomEvent("closeup", { detail: { image: null } }));
  const cover = card?.querySelector(":scope > .dismissed .button");
  (cover ?? card?.querySelector(".card__link"))?.focus({ preventScroll: true });
  requestAnimationFrame(() => card?.scrollIntoView({ block: "nearest" }));
}

// The picture travels from one frame to the other, where the browser can show it.
function travel(from, change, to) {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!document.startViewTransition || isCalm || !from || document.hidden) return change();
  from.classList.add("is-travelling");
  const transition = document.startViewTransition(() => {
    from.classList.remove("is-travelling");
    change();
    const arrived = to();
    arrived?.classList.add("is-travelling");
    transition.finished.finally(() => arrived?.classList.remove("is-travelling"));
  });
  transition.ready.catch(() => {});
  return undefined;
}

// What people do

function pressed(event) {
  const { target } = event;
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const way = target.closest("[data-overlay-way]")?.dataset.overlayWay;
  if (way === "close" || target === overlay || target === place) leave();
  else if (way) turn(way === "next" ? 1 : -1);
  const link = target.closest(".overlay a[href], [data-list] a[href]");
  if (!link || link.target || link.hasAttribute("hx-get")) return;
  const isBack = step && path(link) === listAddress;
  if (!isBack && !isPicture(link)) return;
  event.preventDefault();
  if (isBack) leave();
  else open(link);
}

function keyed(event) {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
  const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const isElsewhere = event.target.closest(`input, textarea, select, .similar ${CARD}`);
  if (event.key !== "Escape" && (!direction || isElsewhere)) return;
  event.preventDefault();
  event.stopPropagation();
  if (direction) turn(direction);
  else if (!closePanel()) leave();
}

function closePanel() {
  const panel = document.activeElement?.closest("details[open]");
  if (!panel) return false;
  panel.open = false;
  panel.querySelector("summary").focus();
  return true;
}

function returned({ state }) {
  if (reloadedAt && address() !== reloadedAt) {
    sessionStorage.setItem("returning", "1"); // the list comes back at its place, as by Back itself
    return location.reload();
  }
  if (!state?.closeup) return step && close();
  const { depth } = state.closeup;
  const known = steps[depth - 1];
  if (step) step.top = overlay.scrollTop;
  if (known?.address === address()) {
    step = known;
    reveal();
    return tell();
  }
  const image = location.pathname.split("/")[2];
  const list = depth === 1 ? cardOf(document, image)?.closest("[data-list]") : undefined;
  return show({ address: address(), image, list, depth });
}

// The list beneath goes on, and shows what has been decided up here.

function listed() {
  if (!step) return;
  showWays();
  if (isAwaited && neighbour(1)) turn(1);
}

function reacted({ detail }) {
  const card = step && cardOf(steps[0]?.list, detail.image);
  if (!card || !("dismissed" in detail)) return;
  const cover = card.querySelector(":scope > .dismissed");
  if (!detail.dismissed) cover?.remove();
  else if (!cover) htmx.trigger(card.querySelector("[data-action=dismiss]"), "click");
}

addEventListener("popstate", returned);
if (!document.querySelector("main .closeup")) {
  document.addEventListener("click", pressed);
  document.addEventListener("reacted", reacted);
  for (const name of ["htmx:load", "fed"]) document.addEventListener(name, listed);
  overlay.addEventListener("keydown", keyed);
  overlay.addEventListener("swipe", ({ detail }) => (detail.way === "close" ? leave() : turn(detail.way === "next" ? 1 : -1)));
  overlay.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
}
