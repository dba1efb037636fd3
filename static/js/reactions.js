// A picture is liked wherever it is shown: on its card, opened over the list, and on a page the browser has kept.
const KEY = "reacted";

function remembered() {
  return JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
}

// Shows a picture as liked or not; true where that was not so before.
function show(image, liked) {
  let changed = false;
  for (const button of document.querySelectorAll(`[data-action=like][formaction="/images/${image}/like"]`)) {
    if ((button.getAttribute("aria-pressed") === "true") === liked) continue;
    button.setAttribute("aria-pressed", String(liked));
    button.value = String(!liked);
    changed = true;
  }
  return changed;
}

document.addEventListener("reacted", ({ detail }) => {
  if (!("image" in detail)) return;
  show(detail.image, Boolean(detail.liked));
  sessionStorage.setItem(KEY, JSON.stringify({ ...remembered(), [detail.image]: Boolean(detail.liked) }));
  // A card that comes back takes the focus that its Undo had.
  if (detail.dismissed === false) {
    document.querySelector(`article[data-image-id="${detail.image}"] [data-action=dismiss]`)?.focus();
  }
});

addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  const changed = Object.entries(remembered()).filter(([image, liked]) => show(image, liked)).length > 0;
  if (changed) document.dispatchEvent(new CustomEvent("reacted", { detail: {} }));
});
