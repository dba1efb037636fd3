// Back to a list that the browser has let go of meanwhile: the same pictures, at the same place. What the list showed
// is kept for this tab under a name in the history; the pictures themselves come from the server again.
import { sent } from "./pages.js";
import { wall } from "./wall.js";

const KEY = "places";
const KEPT = 8;
const PATIENCE = 4000;

function places() {
  return JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
}

function name() {
  if (!history.state?.place) history.replaceState({ ...history.state, place: crypto.randomUUID?.() ?? String(Date.now()) }, "");
  return history.state.place;
}

function keep() {
  if (!wall.anchor) return;
  const pages = wall.pages.map(({ address, items }) => ({ address, items }));
  const kept = { name: here, pages, tailAddress: wall.tailAddress, anchor: wall.anchor };
  sessionStorage.setItem(KEY, JSON.stringify([kept, ...places().filter((place) => place.name !== here)].slice(0, KEPT)));
}

async function comeBack({ pages, tailAddress, anchor }) {
  try {
    sent(pages.find(({ items }) => items.some(({ id }) => id === anchor.id)).address).catch(() => {}); // at the same time
    const last = await sent(tailAddress);
    wall.rebuild(pages, last.querySelector(":scope > .more, :scope > .end"), tailAddress);
    wall.show(anchor);
  } finally {
    document.documentElement.classList.remove("is-returning");
  }
}

const here = wall && name();
const known = here && places().find((place) => place.name === here);
const isReturning = document.documentElement.classList.contains("is-returning");
if (wall) addEventListener("pagehide", keep);
if (known && isReturning) comeBack(known);
else document.documentElement.classList.remove("is-returning");
setTimeout(() => document.documentElement.classList.remove("is-returning"), PATIENCE);
