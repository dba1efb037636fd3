// Colours and density change at once; the server is told so that the next page comes right from the start.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-appearance]");
  const button = event.submitter;
  if (!form || !button) return;
  event.preventDefault();
  const data = new FormData(form, button);
  document.documentElement.dataset[button.name] = button.value;
  for (const other of document.querySelectorAll(`[data-appearance] [name="${button.name}"]`)) {
    other.setAttribute("aria-pressed", String(other.value === button.value));
  }
  fetch(form.action, { method: "POST", body: data, redirect: "manual" });
});
