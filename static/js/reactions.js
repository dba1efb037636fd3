// A picture is liked wherever it is shown: on its card, opened over the list, and on a page the browser has kept.
import { Remembered } from "./remembered.js";

const liked = new Remembered("reacted");

// Shows a picture as liked or not; true where that was not so before.
function show(image, isLiked) {
  let changed = false;
  for (const button of document.querySelectorAll(`[data-action=like][formaction="/images/${image}/like"]`)) {
    if ((button.getAttribute("aria-pressed") === "true") === isLiked) continue;
    button.setAttribute("aria-pressed", String(isLiked));
    button.value = String(!isLiked);
    changed = true;
  }
  return changed;
}

document.addEventListener("reacted", ({ detail }) => {
  if (!("image" in detail)) return;
  show(detail.image, Boolean(detail.liked));
  liked.note(detail.image, detail.liked);
  // A card that comes back takes the focus that its Undo had.
  if (detail.dismissed === false) {
    document.querySelector(`article[data-image-id="${detail.image}"] [data-action=dismiss]`)?.focus();
  }
});

liked.whenBack((pictures) => {
  const changed = pictures.filter(([image, isLiked]) => show(image, isLiked)).length > 0;
  if (changed) document.dispatchEvent(new CustomEvent("reacted", { detail: {} }));
});
