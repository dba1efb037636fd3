// Pictures of a board in order: dragged with a mouse or, after a moment's hold, a finger; moved by arrows from the keyboard.
const list = document.querySelector(".places");
const told = document.getElementById("place-told");
const FAILURES = ["htmx:responseError", "htmx:sendError", "htmx:timeout"];
const HOLD = 250;
const SLIP = 8;
const EDGE = 96; // from the header or the bar below: a picture held there scrolls the page
const SPEED = 14;
let drag;

const places = () => [...list.children];

function say(place) {
  const all = places();
  told.textContent = list.dataset.moved.replace("{place}", all.indexOf(place) + 1).replace("{all}", all.length);
}

// Kept where the site has kept it: what could not be moved goes back to where it was.
async function keep(place, back) {
  const [before, after] = [place.nextElementSibling, place.previousElementSibling];
  const values = before ? { before: before.dataset.imageId } : { after: after?.dataset.imageId };
  if (place.nextElementSibling === back.next && place.previousElementSibling === back.previous) return;
  let refused = false;
  const refuse = () => (refused = true);
  for (const name of FAILURES) place.addEventListener(name, refuse);
  await htmx.ajax("POST", place.dataset.move, { source: place, values, swap: "none" }).catch(refuse);
  for (const name of FAILURES) place.removeEventListener(name, refuse);
  if (refused) list.insertBefore(place, back.next);
  else say(place);
}

const whereIs = (place) => ({ next: place.nextElementSibling, previous: place.previousElementSibling });

function step(place, way) {
  const back = whereIs(place);
  const other = way < 0 ? back.previous : back.next;
  if (!other) return false;
  if (way < 0) other.before(place);
  else other.after(place);
  keep(place, back);
  return true;
}

list.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (!button || !step(button.closest(".place"), Number(button.dataset.step))) return;
  event.preventDefault();
  button.focus();
});

function lift() {
  drag.lifted = true;
  drag.place.classList.add("is-lifted");
  list.classList.add("is-moving");
  requestAnimationFrame(scroll);
}

function follow() {
  const over = document.elementFromPoint(drag.x, drag.y)?.closest(".place");
  if (!over || over === drag.place) return;
  const all = places();
  if (all.indexOf(over) > all.indexOf(drag.place)) over.after(drag.place);
  else over.before(drag.place);
}

// A board is longer than the screen: what is held at an edge goes on beyond it.
function scroll() {
  if (!drag?.lifted) return;
  const beyond = Math.min(drag.y - EDGE, 0) + Math.max(drag.y - (innerHeight - EDGE), 0);
  if (beyond) {
    scrollBy({ top: (SPEED * Math.max(-EDGE, Math.min(beyond, EDGE))) / EDGE, behavior: "instant" });
    follow();
  }
  requestAnimationFrame(scroll);
}

function end() {
  if (!drag) return;
  clearTimeout(drag.timer);
  drag.place.classList.remove("is-lifted");
  list.classList.remove("is-moving");
  const { place, back, lifted } = drag;
  drag = undefined;
  if (lifted) keep(place, back);
}

list.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  if (!grip || event.button !== 0) return;
  const place = grip.closest(".place");
  drag = { place, back: whereIs(place), x: event.clientX, y: event.clientY, lifted: false };
  if (event.pointerType !== "mouse") drag.timer = setTimeout(lift, HOLD);
});

addEventListener("pointermove", (event) => {
  if (!drag) return;
  if (!drag.lifted) {
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < SLIP) return;
    if (event.pointerType !== "mouse") return end();
    lift();
  }
  [drag.x, drag.y] = [event.clientX, event.clientY];
  follow();
});

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drag) return;
  list.insertBefore(drag.place, drag.back.next);
  end();
});
addEventListener("pointerup", end);
addEventListener("pointercancel", end);
// A finger that holds a picture does not scroll the page.
list.addEventListener("touchmove", (event) => drag?.lifted && event.preventDefault(), { passive: false });
list.addEventListener("contextmenu", (event) => drag && event.preventDefault());
