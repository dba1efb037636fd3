// The whole gallery by keyboard. Arrows go from picture to picture as they lie; letters do to the picture that has the
// focus, or that is looked at, what its buttons do. Never while somebody types, and never with a modifier.
import { wall } from "./wall.js";

const CARD = "article[data-image-id]";
const TYPING = "input, textarea, select, [contenteditable], [role=slider], [role=tablist], [role=listbox], [role=combobox]";
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LETTERS = { l: "like", x: "dismiss", s: "save", w: "why" };
const keys = document.getElementById("keys");

// What the letters act on: the card with the focus, a modal dialog's picture or the page's, the card pointed at.
function subject() {
  const dialog = document.querySelector("dialog:modal");
  const card = document.activeElement.closest(CARD);
  if (card && (!dialog || dialog.contains(card))) return card;
  return (dialog ?? document).querySelector(".closeup .image") ?? (dialog ? null : document.querySelector(`${CARD}:hover`));
}

function act(action) {
  const where = subject();
  const covered = action === "dismiss" && where?.querySelector(":scope > .dismissed [data-action=undo]");
  const button = covered || where?.querySelector(`[data-action=${action}]`);
  button?.click();
  return Boolean(button);
}

// From picture to picture

function centre(card) {
  const { left, right, top, bottom } = card.getBoundingClientRect();
  return [(left + right) / 2, (top + bottom) / 2];
}

// The nearest card in this direction; what lies off the line counts for more than what lies far along it.
function nearest(card, cards, [right, down]) {
  const [x, y] = centre(card);
  let best;
  let least = Infinity;
  for (const other of cards) {
    const [a, b] = centre(other);
    const along = (a - x) * right + (b - y) * down;
    const across = Math.abs((a - x) * down) + Math.abs((b - y) * right);
    if (other === card || along <= 1 || (down && across > other.offsetWidth)) continue;
    if (along + 3 * across < least) [best, least] = [other, along + 3 * across];
  }
  return best;
}

function goTo(card) {
  if (!card) return false;
  const link = card.querySelector(":scope > .dismissed button, .card__link");
  link.focus({ preventScroll: true, focusVisible: true });
  card.scrollIntoView({ block: "nearest" });
  return true;
}

function shown() {
  return [...document.querySelectorAll(`[data-list] ${CARD}`)].filter((card) => card.checkVisibility());
}

function move(way) {
  const card = document.activeElement.closest(`[data-list] ${CARD}`);
  if (card?.matches(".card--hung")) bring(card.dataset.imageId);
  const cards = shown();
  if (card) return goTo(nearest(card, cards, way));
  const isFree = document.activeElement === document.body || document.activeElement.matches("main");
  return isFree && goTo(cards.find((each) => each.getBoundingClientRect().bottom > innerHeight / 8));
}

function bring(id) {
  wall.show({ id, top: innerHeight / 4 });
}

function goToEnd(isLast) {
  const id = wall?.ids.at(isLast ? -1 : 0);
  if (!id || !document.activeElement.closest(`[data-list] ${CARD}`)) return false;
  bring(id);
  return goTo(document.querySelector(`[data-list] ${CARD}[data-image-id="${id}"]`));
}

// What else keys do

function search() {
  const field = [...document.querySelectorAll("input[type=search]")].find((each) => each.checkVisibility());
  const way = field ?? document.querySelector('.tabbar a[href*="/search/"]');
  if (field) field.focus();
  else way?.click();
  return Boolean(way);
}

function help() {
  keys.showModal();
  return true;
}

function pressed(key) {
  const isCovered = document.querySelector("dialog:modal");
  if (key in LETTERS) return act(LETTERS[key]);
  if (isCovered) return false;
  if (key in ARROWS) return move(ARROWS[key]);
  if (key === "Home" || key === "End") return goToEnd(key === "End");
  if (key === "/") return search();
  return key === "?" && help();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.(TYPING) || keys.open) return;
  if (pressed(event.key.length === 1 ? event.key.toLowerCase() : event.key)) event.preventDefault();
});

// A press beside the list of keys closes it.
keys.addEventListener("click", ({ target }) => target === keys && keys.close());
