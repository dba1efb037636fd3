// Suggestions under a search field: names that begin as what is typed. Arrows choose, Enter goes there, Escape closes.
const PAUSE = 90;
let timer;
let asked = 0;

function listOf(input) {
  return input.closest("[data-suggest-box]").querySelector(".suggestions");
}

function close(input) {
  listOf(input)?.remove();
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

async function ask(input) {
  const number = ++asked;
  const text = input.value.trim();
  if (!text) return close(input);
  try {
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`, { credentials: "same-origin" });
    if (!answer.ok || number !== asked || document.activeElement !== input) return;
    show(input, await answer.text());
  } catch {
    close(input);
  }
}

function show(input, html) {
  close(input);
  const list = document.createRange().createContextualFragment(html).firstElementChild;
  if (!list.children.length) return;
  list.id = `${input.id}-suggestions`;
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "true");
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    location.assign(option.dataset.address);
  });
  input.closest("[data-suggest-box]").append(list);
}

function choose(input, step) {
  const options = [...(listOf(input)?.children ?? [])];
  if (!options.length) return false;
  const now = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const next = (now + step + options.length + (now < 0 && step < 0 ? 1 : 0)) % options.length;
  options.forEach((option, place) => option.setAttribute("aria-selected", String(place === next)));
  input.setAttribute("aria-activedescendant", options[next].id);
  return true;
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("[data-suggest]")) return;
  clearTimeout(timer);
  timer = setTimeout(() => ask(target), PAUSE);
});
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.matches?.("[data-suggest]") || event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (choose(input, event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
  } else if (event.key === "Enter") {
    const chosen = listOf(input)?.querySelector("[aria-selected=true]");
    if (!chosen) return;
    event.preventDefault();
    location.assign(chosen.dataset.address);
  } else if (event.key === "Escape" && listOf(input)) {
    event.preventDefault();
    close(input);
  }
});
document.addEventListener("focusout", ({ target }) => target.matches?.("[data-suggest]") && close(target));
for (const input of document.querySelectorAll("[data-suggest]")) {
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
}
