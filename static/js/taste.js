// A slider says where it stands while it is moved; it saves itself when it is let go.
document.addEventListener("input", ({ target }) => {
  if (!target.matches("input[type=range][data-unit]")) return;
  target.parentElement.querySelector("output").value = target.value + target.dataset.unit;
});
