// A toast goes by itself after a while, but never while someone points at it or is in it. One with a name is there once,
// and so is one that only says something.
const STAYS = 10_000;
const region = document.getElementById("toasts");

const isSame = (...toasts) =>
  toasts.every((one) => !one.querySelector("[data-action], a") && one.textContent.trim() === toasts[0].textContent.trim());

// Where it can be pressed: in the modal dialog that was opened last, since all beside it is inert; and above the panels,
// a popover itself. A dialog says nothing when it opens or is taken out of the page, so the page is watched.
const modals = new Set();

function topmost() {
  for (const dialog of modals) if (!dialog.matches(":modal")) modals.delete(dialog);
  for (const dialog of document.querySelectorAll("dialog:modal")) modals.add(dialog);
  return [...modals].at(-1) ?? document.body;
}

function raise() {
  if (!region.showPopover) return;
  if (region.matches(":popover-open")) region.hidePopover();
  region.showPopover();
}

function settle() {
  const place = topmost();
  if (region.parentElement === place && region.isConnected) return;
  place.append(region);
  raise();
}

function tend(toast) {
  raise();
  const { toast: name } = toast.dataset;
  if (name) for (const older of region.querySelectorAll(`[data-toast="${name}"]`)) if (older !== toast) older.remove();
  for (const older of [...region.children]) if (older !== toast && isSame(older, toast)) older.remove();
  const close = toast.querySelector("[data-toast-close]");
  close.hidden = false;
  close.addEventListener("click", () => toast.remove());
  toast.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful && toast.remove());
  let left = setTimeout(() => toast.remove(), STAYS);
  const hold = () => clearTimeout(left);
  const release = () => {
    clearTimeout(left);
    left = setTimeout(() => toast.remove(), STAYS / 2);
  };
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, hold);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, release);
}

new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node instanceof HTMLElement && node.matches("[data-toast]")) tend(node);
  }
}).observe(region, { childList: true });
region.popover = "manual";
region.querySelectorAll("[data-toast]").forEach(tend);
settle();
// Cards come and go all the time: no look at the whole page for them.
const concerns = ({ target, type }) => (type === "childList" ? !region.isConnected : target.localName === "dialog");
new MutationObserver((changes) => changes.some(concerns) && settle()).observe(document.body, {
  attributeFilter: ["open"],
  childList: true,
  subtree: true,
});
// What a dialog shows is exchanged around the region, not with it.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.shouldSwap && detail.target.contains(region)) document.body.append(region);
});
