// The browser's own search in a page finds titles of pictures that are out of the document, too: they are there as
// hidden text, and what is found comes in.
import { wall } from "./wall.js";

const TITLE = /class="card__title"[^>]*>([^<]*)</;
const QUARTER = 4; // of the screen stays free above what was found
const whenIdle = window.requestIdleCallback ?? setTimeout; // Safari has no such moment
const shelf = Object.assign(document.createElement("div"), { className: "wall__titles" });
const shelved = new Map();

function titles(page) {
  const sheet = document.createElement("div");
  for (const [at, html] of page.html.entries()) {
    const title = document.createElement("div");
    title.innerHTML = TITLE.exec(html)?.[1] ?? "";
    title.hidden = "until-found";
    title.addEventListener("beforematch", () => {
      title.remove();
      wall.show({ id: page.items[at].id, top: innerHeight / QUARTER });
    });
    sheet.append(title);
  }
  return sheet;
}

function shelve() {
  for (const [page, sheet] of shelved) {
    if (wall.pages.includes(page) && !page.isIn && page.html) continue;
    sheet.remove();
    shelved.delete(page);
  }
  for (const page of wall.pages) {
    if (page.isIn || !page.html || shelved.has(page)) continue;
    shelved.set(page, titles(page));
    shelf.append(shelved.get(page));
  }
}

if (wall && "onbeforematch" in document.body) {
  wall.list.after(shelf);
  wall.list.addEventListener("fed", () => whenIdle(shelve));
}
