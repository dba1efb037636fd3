// Every bookmark of a picture follows what was saved, wherever it was pressed; and the boards to choose from open in place.
import { Remembered } from "./remembered.js";

const saved = new Remembered("saved");
const dialog = document.getElementById("board-dialog");

function show(image, isSaved) {
  for (const button of document.querySelectorAll(`[data-save="${image}"]`)) {
    button.setAttribute("aria-pressed", String(isSaved));
    button.value = String(!isSaved);
  }
}

document.addEventListener("saved", ({ detail }) => {
  show(detail.image, detail.saved);
  saved.note(detail.image, detail.saved);
  if (dialog.open) dialog.close();
});

// Who signs in first comes back to this place in the list: see returning.js.
document.addEventListener("click", ({ target }) => {
  if (!target.closest?.("[data-sign-in]")) return;
  const left = { address: location.pathname + location.search, place: history.state?.place };
  sessionStorage.setItem("left", JSON.stringify(left));
});

saved.whenBack((pictures) => {
  for (const [image, isSaved] of pictures) show(image, isSaved);
});

dialog.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target !== dialog) return; // the answer to what was pressed in it
  dialog.querySelector("form[method=dialog]").hidden = false;
  if (!dialog.open) dialog.showModal();
});
dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
