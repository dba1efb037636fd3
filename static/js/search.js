// A photo that is dropped, pasted, chosen or taken is searched with at once.
const form = document.getElementById("photo");
const field = form.querySelector("input[type=file]");
const preview = form.querySelector(".drop__preview");
form.querySelector("[type=submit]").hidden = true;

function search(files) {
  const photo = [...files].find(({ type, size }) => type.startsWith("image/") || size);
  if (!photo) return;
  const carrier = new DataTransfer();
  carrier.items.add(photo);
  field.files = carrier.files;
  show(photo);
  form.requestSubmit();
}

function show(photo) {
  if (preview.src) URL.revokeObjectURL(preview.src);
  preview.src = URL.createObjectURL(photo);
  preview.hidden = false;
}

preview.addEventListener("error", () => (preview.hidden = true));
field.addEventListener("change", () => {
  if (field.files.length) search(field.files);
});
document.addEventListener("paste", ({ clipboardData }) => clipboardData.files.length && search(clipboardData.files));

for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("is-over", name === "dragover");
    if (name === "drop") search(event.dataTransfer.files);
  });
}

// A photo that was refused is answered with a sentence, not with silence.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const isAnswer = detail.xhr.getResponseHeader("Content-Type")?.startsWith("text/html");
  if (detail.requestConfig.elt === form && isAnswer && detail.serverResponse.includes("photo-results")) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});
