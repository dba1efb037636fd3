// Every bookmark of a picture follows what was saved, wherever it was pressed; and the boards to choose from open in place.
const KEY = "saved";
const dialog = document.getElementById("board-dialog");

function remembered() {
  return JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
}

function show(image, saved) {
  for (const button of document.querySelectorAll(`[data-save="${image}"]`)) {
    button.setAttribute("aria-pressed", String(saved));
    button.value = String(!saved);
  }
}

document.addEventListener("saved", ({ detail }) => {
  show(detail.image, detail.saved);
  sessionStorage.setItem(KEY, JSON.stringify({ ...remembered(), [detail.image]: detail.saved }));
  if (dialog.open) dialog.close();
});

// Back to a page the browser has kept: what was saved meanwhile is shown as saved.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) for (const [image, saved] of Object.entries(remembered())) show(image, saved);
});

dialog.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target !== dialog) return; // the answer to what was pressed in it
  dialog.querySelector("form[method=dialog]").hidden = false;
  if (!dialog.open) dialog.showModal();
});
dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
