// One panel is open at a time; a click elsewhere, but on what is said of it, or Escape closes it.
const PANELS = "details.menu[open], details.reason[open]";

function closePanels(but) {
  for (const panel of document.querySelectorAll(PANELS)) {
    if (panel !== but) panel.open = false;
  }
}

document.addEventListener("click", ({ target }) => target.closest(".toast") || closePanels(target.closest(PANELS)));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.activeElement?.closest(PANELS);
  closePanels();
  open?.querySelector("summary").focus();
});
