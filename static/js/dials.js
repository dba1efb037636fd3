// A dial reorders the list at once: cards that stay slide to their new places, and how many moved is said aloud.
const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const TIMING = { duration: 200, easing: "cubic-bezier(0.2, 0, 0, 1)" };
let before;

const cardsIn = (list) => [...list.querySelectorAll("article[data-image-id]")];

document.documentElement.classList.add("has-dials");

document.addEventListener("input", ({ target }) => {
  if (target.matches(".dial__range")) say(target);
});

document.addEventListener("click", (event) => {
  const reset = event.target.closest("[data-dials-reset]");
  if (!reset) return;
  event.preventDefault();
  const form = reset.closest(".dials");
  for (const range of form.querySelectorAll(".dial__range")) {
    range.value = 0.5;
    say(range);
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.requestConfig?.elt.matches(".dials")) return;
  before = new Map(cardsIn(detail.target).map((card, place) => [card.dataset.imageId, { card, place, ...at(card) }]));
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (!before || !detail.requestConfig?.elt.matches(".dials")) return;
  const form = detail.requestConfig.elt;
  let moved = 0;
  cardsIn(form.parentElement).forEach((card, place) => {
    const was = before.get(card.dataset.imageId);
    if (was?.place !== place) moved += 1;
    if (was) keepPixels(was.card, card);
    if (!CALM.matches) slide(card, was);
  });
  before = undefined;
  const words = form.dataset;
  const text = moved === 0 ? words.movedNone : moved === 1 ? words.movedOne : words.movedMany;
  form.querySelector("[data-dials-said]").textContent = text.replace("{count}", moved);
});

function at(card) {
  const { left, top } = card.getBoundingClientRect();
  return { left, top };
}

// A picture that is on the screen already is not fetched and faded in again.
function keepPixels(old, card) {
  const [from, to] = [old, card].map((each) => each.querySelector(".frame img, picture img"));
  if (from?.complete && to && from.getAttribute("src") === to.getAttribute("src")) to.replaceWith(from);
}

function slide(card, was) {
  if (!was) {
    card.animate([{ opacity: 0 }, { opacity: 1 }], TIMING);
    return;
  }
  const now = at(card);
  const [x, y] = [was.left - now.left, was.top - now.top];
  if (x || y) card.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], TIMING);
}

function say(range) {
  const steps = Math.round((range.value - 0.5) * 20);
  const text = steps > 0 ? `+${steps}` : String(steps).replace("-", "−");
  range.closest(".dial").querySelector(".dial__value").textContent = text;
  range.setAttribute("aria-valuetext", text);
}
