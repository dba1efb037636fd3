// A photo that is dropped, pasted, chosen or taken is searched with at once; filters are asked for as they are chosen.
// The search is replaced by its answer, so everything here listens on the document.
let photo; // the last file, so that a part of it can be asked for
let preview;

function part(selector) {
  return document.querySelector(`#search ${selector}`);
}

function enhance() {
  part("#photo [type=submit]").hidden = true;
  for (const button of document.querySelectorAll("#search [data-box-on]")) button.hidden = false;
  if (!preview) return;
  const shown = part(".drop__preview");
  shown.src = preview;
  shown.hidden = false;
  part("[data-box-photo]").hidden = false;
  const chip = part("[data-part=photo] .part__preview");
  if (chip) {
    chip.src = preview;
    chip.hidden = false;
    chip.nextElementSibling.remove();
  }
}

function search(files) {
  const chosen = [...files].find(({ type, size }) => type.startsWith("image/") || size);
  if (!chosen) return;
  photo = chosen;
  if (preview) URL.revokeObjectURL(preview);
  preview = URL.createObjectURL(chosen);
  const shown = part(".drop__preview");
  shown.src = preview;
  shown.hidden = false;
  send("");
}

function send(box) {
  const carrier = new DataTransfer();
  carrier.items.add(photo);
  part("#photo-file").files = carrier.files;
  part("#photo [name=box]").value = box;
  document.getElementById("photo").requestSubmit();
}

document.addEventListener("change", ({ target }) => {
  if (target.id === "photo-file" && target.files.length) search(target.files);
  else if (target.matches?.("#search-form select, #search-form [name=owner]")) target.form.requestSubmit();
});
document.addEventListener("error", ({ target }) => target.matches?.(".drop__preview") && (target.hidden = true), true);
document.addEventListener("paste", ({ clipboardData }) => clipboardData.files.length && search(clipboardData.files));
document.addEventListener("box", ({ detail }) => detail.photo && send(detail.box));
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    document.getElementById("photo").classList.toggle("is-over", name === "dragover");
    if (name === "drop") search(event.dataTransfer.files);
  });
}

// What is not filled in stays out of the address.
document.addEventListener("submit", ({ target }) => {
  if (target.id !== "search-form") return;
  for (const field of target.elements) if (field.name && !field.value) field.disabled = true;
});
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("#search-form [disabled]")) field.disabled = false;
});

// A photo that was refused is answered with a sentence, not with silence.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const isAnswer = detail.xhr.getResponseHeader("Content-Type")?.startsWith("text/html");
  if (detail.requestConfig.elt.id === "photo" && isAnswer && detail.serverResponse.includes("photo-results")) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});
document.addEventListener("htmx:afterSettle", ({ detail }) => detail.elt.id === "search" && enhance());
enhance();
