// A page of a wall: cards that are in the document, or out of it and kept as text with the state they had.
import { item } from "./masonry.js";

const TRY_AGAIN = 5000;
const asked = new Map();

export class Page {
  // element: in the list already. html: one text an item; null where only the server knows, at `address`.
  constructor({ address, items, element = null }) {
    Object.assign(this, { address, element, html: null });
    this.items = items ?? [...element.children].map(item);
    this.isIn = Boolean(element);
    if (element) element.dataset.in = "";
  }

  get held() {
    return this.element && !this.isIn ? [...this.element.children] : [];
  }

  // Out of the document, but for the cards that must stay: those are given to `hang`.
  takeOut(hang) {
    const elements = [...this.element.children];
    const isComing = elements.some((element) => element.matches(".card--coming"));
    this.items = elements.map(item);
    this.html = isComing ? null : elements.map(text);
    this.isIn = false;
    this.element.classList.remove("page--fresh");
    for (const element of elements) isHeld(element) ? hang(element) : element.remove();
    this.#dropWhenEmpty();
  }

  // What was held and need not be any more.
  letGo() {
    for (const card of this.held) {
      if (isHeld(card)) continue;
      const at = this.items.findIndex(({ id }) => id === card.dataset.imageId);
      if (this.html) this.html[at] = text(asWas(card));
      card.remove();
    }
    this.#dropWhenEmpty();
  }

  // Into the document again, around the cards that have stayed.
  bringBack(list, before) {
    if (!this.element) {
      this.element = document.createElement("div");
      this.element.className = "page page--far";
      list.insertBefore(this.element, before);
    }
    this.element.dataset.in = "";
    this.isIn = true;
    const rest = parsed((this.html ?? this.items.map(coming)).join(""));
    for (const card of [...this.element.children]) {
      const twin = [...rest.children].find((each) => item(each).id === card.dataset.imageId);
      while (twin && rest.firstChild !== twin) card.before(rest.firstChild);
      twin?.remove();
      asWas(card);
    }
    this.element.append(rest);
    htmx.process(this.element);
  }

  // Asks the server for what this page showed; true when it has come. What is not to be seen any more is left out.
  async ask() {
    try {
      const found = new Map([...(await sent(this.address)).children].map((element) => [item(element).id, element]));
      this.items = this.items.filter(({ id, html }) => found.has(id) || html);
      this.html = this.items.map(({ id, html }) => html ?? found.get(id).outerHTML);
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN));
      return false;
    }
  }

  // Shows what has come in place of what was waiting for it.
  fill() {
    for (const element of [...this.element.children]) if (!isHeld(element)) element.remove();
    this.bringBack();
  }

  #dropWhenEmpty() {
    delete this.element.dataset.in;
    if (this.element.childElementCount) return;
    this.element.remove();
    this.element = null;
  }
}

// The page at this address as the server sends it; one request for all who want it.
export async function sent(address) {
  if (!asked.has(address)) {
    asked.set(address, answered(address));
    asked.get(address).catch(() => {}).then(() => setTimeout(() => asked.delete(address), TRY_AGAIN));
  }
  return (await asked.get(address)).cloneNode(true);
}

async function answered(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return parsed(await answer.text()).querySelector(".page");
}

function parsed(html) {
  return document.createRange().createContextualFragment(html);
}

// It has the focus, waits for an answer, or a toast may still take its reaction back.
function isHeld(element) {
  const undo = [...document.querySelectorAll("#toasts [hx-target]")].map((button) => button.getAttribute("hx-target"));
  return (
    element.contains(document.activeElement) ||
    element.matches(":has(.htmx-request)") ||
    undo.some((target) => target.startsWith("#") && element.querySelector(target))
  );
}

// What is kept of an element. Its pictures must load again, and a style in text is refused by the site's policy.
function text(element) {
  for (const placed of element.querySelectorAll("[style]")) placed.removeAttribute("style");
  return element.outerHTML.replaceAll(" is-loaded", "");
}

function asWas(card) {
  card.classList.remove("card--hung");
  card.removeAttribute("style");
  return card;
}

function coming({ id, rows, html }) {
  return html ?? `<div class="card card--coming r-${rows}" data-image-id="${id}"></div>`;
}
