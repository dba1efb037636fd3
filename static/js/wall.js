// A list that grows as it is scrolled through, of which only the pages near the screen are in the document. The place
// of the others is left free, and they come back as they were.
import { item, put, shape } from "./masonry.js";
import { Page } from "./pages.js";

const NEAR = 1200; // pixels beyond the screen within which a page comes in
const FAR = 1800; // pixels beyond which it goes out
const PART = 6; // cards that come and go together
const CARD = "article[data-image-id]";

export class Wall {
  constructor(list) {
    this.list = list;
    this.pages = [];
    this.liked = new Map();
    this.shape = shape(list);
    this.adopt(location.pathname + location.search);
    addEventListener("scroll", () => this.update(), { passive: true });
    new ResizeObserver(() => this.reshape()).observe(list.parentElement);
  }

  // Pages

  // Takes what the server has put into the list as a page of its own, with the way to the next behind it.
  adopt(address) {
    for (const element of this.list.querySelectorAll(":scope > .page:not([data-in])")) {
      if (this.pages.some((page) => page.element === element)) continue;
      this.#liftTail(element, address);
      const from = element.dataset.page ?? address;
      const parts = this.pages.length ? partsOf(element) : [element]; // the first has been painted: it stays as it is
      this.pages.push(...parts.map((part) => new Page({ address: from, element: part })));
    }
    this.measure();
    this.update();
  }

  #liftTail(element, address) {
    this.#setTail(element.querySelector(":scope > .more, :scope > .end"), element.dataset.page ?? address);
  }

  #setTail(tail, address) {
    this.tail?.remove();
    Object.assign(this, { tail, tailAddress: address });
    if (tail) this.list.append(tail);
  }

  // Puts a page below this card, before the rest of the page the card is on.
  insertAfter(card, element) {
    const at = this.pages.findIndex((page) => page.element?.contains(card));
    const page = this.pages[at];
    this.#liftTail(element);
    const rest = partAfter(page.element, [...page.element.children].indexOf(card) + 1);
    page.element.after(element);
    page.items = [...page.element.children].map(item);
    const fresh = partsOf(element).map((part) => new Page({ address: element.dataset.page, element: part }));
    this.pages.splice(at + 1, 0, ...fresh, new Page({ address: page.address, element: rest }));
    for (const each of [...fresh.map((part) => part.element), this.tail]) if (each) htmx.process(each);
    this.measure();
    this.update();
  }

  // Of notes on what a reaction has moved a plain line is left, so that no card changes its place.
  foldNotes() {
    for (const page of this.pages) {
      for (const note of page.element?.querySelectorAll(".feed-note") ?? []) note.replaceChildren();
      page.items.forEach((each, at) => {
        if (!each.wide || !each.id.includes("feed-note")) return;
        each.html = `<p class="${each.id}" data-rows="${each.wide}"></p>`;
        if (page.html) page.html[at] = each.html;
      });
    }
  }

  // Other pages than those in the document: [{ address, items }], and the way to the next or the end.
  rebuild(pages, tail, tailAddress) {
    for (const page of this.pages) page.element?.remove();
    this.pages = pages.map((page) => new Page(page));
    this.#setTail(tail, tailAddress);
    if (tail) htmx.process(tail);
    this.measure();
  }

  // The pictures of the list in order, in the document or not.
  get ids() {
    return this.pages.flatMap(({ items }) => items.filter(({ wide }) => !wide).map(({ id }) => id));
  }

  // Geometry

  measure() {
    const ends = Array(this.shape.columns).fill(0);
    for (const page of this.pages) {
      page.begins = [...ends];
      for (const each of page.items) put(each, ends, this.shape);
      page.ends = [...ends];
    }
  }

  placeOf(id) {
    const page = this.pages.find(({ items }) => items.some((each) => each.id === id));
    const ends = page && [...page.begins];
    for (const each of page?.items ?? []) {
      const place = put(each, ends, this.shape);
      if (each.id === id) return place;
    }
    return undefined;
  }

  // The first picture on the screen, and how far below its edge it begins.
  get anchor() {
    const { row } = this.shape;
    const from = this.position + innerHeight / 8;
    for (const page of this.pages.filter(({ ends }) => Math.max(...ends) * row > from)) {
      const ends = [...page.begins];
      for (const each of page.items) {
        const { top, column } = put(each, ends, this.shape);
        if (ends[column] * row > from && !each.wide) return { id: each.id, top: top * row - this.position };
      }
    }
    return undefined;
  }

  // Columns have become more, fewer, wider or narrower: what was at the top of the screen stays there.
  reshape() {
    const now = shape(this.list);
    if (Object.keys(now).every((name) => now[name] === this.shape[name])) return;
    const { anchor } = this;
    this.shape = now;
    this.measure();
    // The first pictures were told their size for the view that was; now they see for themselves, as the others do.
    for (const picture of this.list.querySelectorAll(".frame__picture:not([loading])")) {
      Object.assign(picture, { loading: "lazy", sizes: "auto" });
    }
    if (anchor && this.position > 0) this.show(anchor);
    else this.update();
  }

  // Scrolls so that this picture stands `top` pixels below the edge, whether it is in the document or not.
  show({ id, top }) {
    const place = this.placeOf(id);
    if (!place) return;
    const position = place.top * this.shape.row - top;
    this.#choose(position);
    const further = position + this.list.getBoundingClientRect().top;
    if (Math.abs(further) >= 1) scrollBy({ top: further, behavior: "instant" });
    this.update();
  }

  // The window

  update() {
    this.position = -this.list.getBoundingClientRect().top;
    this.#choose(this.position);
  }

  // Has the pages near this scroll position (pixels below the list's top) in the document, and no others.
  #choose(position) {
    const { row } = this.shape;
    const isNear = ({ begins, ends, isIn }) => {
      const margin = isIn ? FAR : NEAR;
      return Math.max(...ends) * row > position - margin && Math.min(...begins) * row < position + innerHeight + margin;
    };
    const near = this.pages.map(isNear);
    if (!near.includes(true)) near[position > 0 ? near.length - 1 : 0] = true;
    const [first, last] = [near.indexOf(true), near.lastIndexOf(true)];
    const isWanted = (at) => at >= first && at <= last;
    for (const page of this.pages) if (page.held.length) page.letGo();
    const changed = this.pages.filter((page, at) => page.isIn !== isWanted(at));
    for (const page of changed) {
      if (page.isIn) page.takeOut((card) => this.#hang(card));
      else this.#bringBack(page);
    }
    if (changed.length || !this.isPadded) this.#pad();
    if (changed.length) this.list.dispatchEvent(new CustomEvent("fed", { bubbles: true }));
  }

  #bringBack(page) {
    const following = this.pages.slice(this.pages.indexOf(page) + 1).find(({ element }) => element);
    page.bringBack(this.list, following?.element ?? this.tail ?? null);
    if (page.html) this.#showLiked(page);
    else this.#ask(page);
  }

  async #ask(page) {
    const hasCome = await page.ask();
    if (!page.isIn) return;
    if (!hasCome) return this.#ask(page);
    const { anchor } = this;
    page.fill();
    this.measure();
    this.#pad();
    if (anchor && this.position > 0) this.show(anchor);
    this.list.dispatchEvent(new CustomEvent("fed", { bubbles: true }));
  }

  // Leaves free what the pages take that are out, column by column.
  #pad() {
    this.isPadded = true;
    const { list, pages } = this;
    const inside = pages.filter(({ isIn }) => isIn);
    const begins = inside[0]?.begins ?? [0];
    const above = Math.min(...begins);
    const isWhole = pages.at(-1)?.isIn ?? true;
    const below = isWhole ? 0 : Math.max(...pages.at(-1).ends) - Math.max(...inside.at(-1).ends);
    // Not by a property of its own, which would be handed down to every card and have all of them styled again.
    list.style.paddingBlock = `calc(${above} * var(--row)) calc(${below} * var(--row))`;
    if (this.tail) this.tail.style.top = `calc(${below} * var(--row))`;
    list.closest("main").toggleAttribute("data-endless", Boolean(this.tail?.matches(".more")));
    for (const ledge of list.querySelectorAll(":scope > .ledge")) ledge.remove();
    list.prepend(...begins.flatMap((end, column) => (end > above ? [ledge(column, end - above)] : [])));
  }

  // A card that stays while its page is out hangs where it was.
  #hang(card) {
    const { top, column } = this.placeOf(card.dataset.imageId);
    card.classList.add("card--hung");
    card.style.setProperty("--top", top);
    card.style.setProperty("--column", column + 1);
  }

  // What was decided about a picture while it was out.

  #showLiked(page) {
    for (const button of page.element.querySelectorAll("[data-action=like]")) {
      const liked = this.liked.get(button.closest(CARD).dataset.imageId);
      if (liked === undefined) continue;
      button.setAttribute("aria-pressed", String(liked));
      button.value = String(!liked);
    }
  }

  noteReaction({ image, liked, dismissed }) {
    const page = this.pages.find(({ items }) => items.some(({ id }) => id === String(image)));
    if (!page) return;
    this.liked.set(String(image), Boolean(liked));
    if (!page.isIn && dismissed !== undefined) page.html = null;
  }
}

// A page comes and goes in parts, so that no frame has to wait for all of it.
function partsOf(element) {
  element.classList.add("page--far");
  const parts = [element];
  while (parts.at(-1).childElementCount > PART) parts.push(partAfter(parts.at(-1), PART));
  return parts;
}

function partAfter(element, count) {
  const rest = Object.assign(document.createElement("div"), { className: "page" });
  rest.classList.toggle("page--far", element.classList.contains("page--far"));
  rest.append(...[...element.children].slice(count));
  element.after(rest);
  return rest;
}

function ledge(column, height) {
  const element = Object.assign(document.createElement("i"), { className: "ledge" });
  element.style.setProperty("--column", column + 1);
  element.style.setProperty("--height", height);
  return element;
}

// The wall of this page, where there is one.
const list = document.querySelector(".gallery__grid[data-list]:has(> .page)");
export const wall = list && new Wall(list);

if (wall) {
  document.addEventListener("htmx:afterSettle", ({ detail }) => wall.adopt(detail.pathInfo?.requestPath));
  document.addEventListener("reacted", ({ detail }) => detail.image && wall.noteReaction(detail));
}
