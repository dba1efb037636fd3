// The list, picture after picture over the whole screen. The list itself goes along beneath, so that it ends where the
// show ends, and fetches what comes next. Moving pictures move as they are.
import { wall } from "./wall.js";

const STAYS = 5000;
const show = document.getElementById("slideshow");
const picture = show.querySelector(".slideshow__picture");
const play = show.querySelector("[data-slideshow-play]");
let image;
let clock;

function cardOf(id) {
  return wall.list.querySelector(`article[data-image-id="${id}"]`);
}

function open() {
  const opener = document.querySelector(".views[open]");
  if (opener) opener.open = false;
  image = undefined;
  show.showModal();
  display(wall.anchor?.id ?? wall.ids[0]);
  setPlaying(!matchMedia("(prefers-reduced-motion: reduce)").matches);
}

function display(id) {
  wall.show({ id, top: innerHeight / 4 });
  const card = cardOf(id);
  const large = card?.querySelector(".frame__picture");
  if (!large) return false;
  image = id;
  picture.src = largest(large.srcset);
  picture.alt = large.alt;
  const title = show.querySelector(".slideshow__title");
  title.textContent = card.querySelector(".card__title").textContent;
  title.href = card.querySelector(".card__link").href;
  show.querySelector(".slideshow__reason").textContent = card.querySelector(".reason__line span, .card__state")?.textContent ?? "";
  fetchAhead();
  return true;
}

function largest(srcset) {
  return srcset.split(", ").at(-1).split(" ")[0];
}

function following(direction) {
  const ids = wall.ids;
  return ids[ids.indexOf(image) + direction];
}

function fetchAhead() {
  const next = cardOf(following(1))?.querySelector(".frame__picture");
  if (next) new Image().src = largest(next.srcset);
}

function turn(direction) {
  const id = following(direction);
  if (!id || !display(id)) setPlaying(false);
  else if (clock) setPlaying(true);
}

function setPlaying(isPlaying) {
  clearInterval(clock);
  clock = isPlaying ? setInterval(() => turn(1), STAYS) : undefined;
  play.setAttribute("aria-pressed", String(isPlaying));
}

show.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.slide) turn(Number(button.dataset.slide));
  else if (button === play) setPlaying(!clock);
  else if (button) show.close();
});

show.addEventListener("keydown", (event) => {
  const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (direction) turn(direction);
  else if (event.key === " " && !event.target.closest("button, a")) setPlaying(!clock);
  else return;
  event.preventDefault();
});

show.addEventListener("close", () => {
  setPlaying(false);
  picture.removeAttribute("src");
  cardOf(image)?.querySelector(".card__link").focus({ preventScroll: true });
});

// Somebody who looks elsewhere misses nothing.
document.addEventListener("visibilitychange", () => document.hidden && setPlaying(false));

for (const button of wall ? document.querySelectorAll("[data-slideshow]") : []) {
  button.hidden = false;
  button.addEventListener("click", open);
}
