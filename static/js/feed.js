// A reaction changes what comes next at once: a page ranked with it is put below the last card on the screen, before
// what was fetched earlier and has not been seen. Nothing above the fold moves, and nothing is lost.
import { wall } from "./wall.js";

const list = document.querySelector('[data-list="feed"][data-tab="for-you"]');
let isBehind = false;
let told = ""; // the toast of the newest reaction, if it has one

function lastOnScreen() {
  const cards = [...list.querySelectorAll(".page[data-in] > article")];
  return cards.findLast((card) => card.getBoundingClientRect().top < innerHeight) ?? cards.at(-1);
}

function isNearTheEnd(card) {
  const cards = [...list.querySelectorAll(".page[data-in] > article")];
  return cards.length - cards.indexOf(card) < 4;
}

// One request at a time; a reaction that comes meanwhile is asked about after it.
async function refresh() {
  const more = list.querySelector(".more:not(.is-loading)");
  const last = lastOnScreen();
  isBehind = Boolean(list.querySelector(".more.is-loading"));
  if (!more || !last || isNearTheEnd(last)) return;
  more.classList.add("is-loading");
  try {
    const answer = await fetch(more.dataset.more, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    place(await answer.text(), last);
  } catch {
    more.classList.remove("is-loading");
  }
  if (isBehind) refresh();
}

function place(html, last) {
  const page = document.createRange().createContextualFragment(html).querySelector(".page");
  page.classList.add("page--fresh");
  say(page.querySelector(".feed-note"));
  wall.insertAfter(last, page);
  list.dispatchEvent(new CustomEvent("fed", { bubbles: true }));
}

// The newest note stands alone. The toast of the reaction it follows from says it too, and no other one.
function say(note) {
  if (!note) return;
  wall.foldNotes();
  const toast = document.querySelector(`#toasts [data-told="${told}"]`);
  for (const each of document.querySelectorAll("#toasts [data-short]")) each.textContent = each.dataset.short;
  if (!toast) return;
  toast.textContent = `${toast.dataset.short} ${note.dataset.short}`;
  note.removeAttribute("role"); // said once
}

// A refreshed page that is reloaded stays as it is.
const address = new URL(location.href);
if (address.searchParams.has("refresh")) {
  address.searchParams.delete("refresh");
  history.replaceState(history.state, "", address);
}

if (list) {
  document.addEventListener("reacted", ({ detail }) => {
    told = detail.liked ? `liked-${detail.image}` : detail.dismissed ? `dismissed-${detail.image}` : "";
    refresh();
  });
  // The next page was on its way already, without the reaction.
  document.addEventListener("htmx:afterSettle", ({ detail }) => isBehind && detail.pathInfo?.requestPath && refresh());
}
