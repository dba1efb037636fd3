// Back to a page the browser has kept: what was liked meanwhile is shown as liked, and the list goes on from it.
const KEY = "reacted";

function remembered() {
  return JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
}

document.addEventListener("reacted", ({ detail }) => {
  if (!("image" in detail)) return;
  sessionStorage.setItem(KEY, JSON.stringify({ ...remembered(), [detail.image]: Boolean(detail.liked) }));
  // A card that comes back takes the focus that its Undo had.
  if (detail.dismissed === false) {
    document.querySelector(`article[data-image-id="${detail.image}"] [data-action=dismiss]`)?.focus();
  }
});

addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  let changed = false;
  for (const [image, liked] of Object.entries(remembered())) {
    const button = document.getElementById(`like-${image}`);
    if (!button || (button.getAttribute("aria-pressed") === "true") === liked) continue;
    button.setAttribute("aria-pressed", String(liked));
    button.value = String(!liked);
    changed = true;
  }
  if (changed) document.dispatchEvent(new CustomEvent("reacted", { detail: {} }));
});
