// The panel of a reason opens above everything, beside its line; on a phone it comes up from below.
const GAP = 6;
const PHONE = matchMedia("(max-width: 40rem)");
let open;

function place() {
  if (!open?.isConnected) return;
  const panel = open.querySelector(".reason__panel");
  if (PHONE.matches) {
    panel.style.left = panel.style.top = "";
    return;
  }
  const line = open.querySelector("summary").getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = line.bottom + GAP;
  const top = below + height <= innerHeight - GAP ? below : Math.max(GAP, Math.min(line.top - GAP - height, innerHeight - GAP - height));
  panel.style.left = `${Math.max(GAP, Math.min(line.left, document.documentElement.clientWidth - width - GAP))}px`;
  panel.style.top = `${top}px`;
}

function giveClose(panel) {
  if (panel.querySelector(":scope > .reason__close")) return;
  panel.prepend(document.getElementById("reason-close").content.cloneNode(true));
}

document.addEventListener("click", ({ target }) => {
  const reason = target.closest(".reason__close")?.closest("details");
  if (!reason) return;
  reason.open = false;
  reason.querySelector("summary").focus({ preventScroll: true });
});

const sizes = new ResizeObserver(place);

document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches?.("details.reason")) return;
    const panel = target.querySelector(".reason__panel");
    if (!panel.showPopover) return;
    if (target.open) {
      giveClose(panel);
      panel.popover = "manual";
      panel.showPopover();
      open = target;
      place();
      sizes.observe(panel);
    } else {
      sizes.unobserve(panel);
      if (panel.matches(":popover-open")) panel.hidePopover();
      if (open === target) open = undefined;
    }
  },
  true,
);
addEventListener("scroll", place, { passive: true });
addEventListener("resize", place, { passive: true });

// What was dismissed from its own panel needs none any more.
document.addEventListener("reacted", ({ detail }) => {
  if (detail.dismissed && open?.closest("article")?.dataset.imageId === String(detail.image)) open.open = false;
});
