// A toast goes by itself after a while, but never while someone points at it or is in it. One with a name is there once,
// and so is one that only says something.
const STAYS = 10_000;
const region = document.getElementById("toasts");

const isSame = (...toasts) =>
  toasts.every((one) => !one.querySelector("[data-action], a") && one.textContent.trim() === toasts[0].textContent.trim());

function tend(toast) {
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
region.querySelectorAll("[data-toast]").forEach(tend);
