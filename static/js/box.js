// A part of a picture: drawn around with a pointer, moved and sized by keys; then searched with.
const dialog = document.getElementById("box");
const frame = dialog.querySelector(".box__frame");
const picture = dialog.querySelector(".box__picture");
const area = dialog.querySelector(".box__area");

const LEAST = 0.04;
const STEP = 0.03;
let box = [0.2, 0.2, 0.8, 0.8]; // left, top, right, bottom as shares
let asked;
let from;

function clamp(value, low = 0, high = 1) {
  return Math.min(high, Math.max(low, value));
}

function draw() {
  const [left, top, right, bottom] = box;
  area.style.inset = `${top * 100}% ${(1 - right) * 100}% ${(1 - bottom) * 100}% ${left * 100}%`;
}

function open(address, wanted) {
  asked = wanted;
  box = [0.2, 0.2, 0.8, 0.8];
  picture.src = address;
  draw();
  dialog.showModal();
  area.focus();
}

function place({ clientX, clientY }) {
  const { left, top, width, height } = picture.getBoundingClientRect();
  return [clamp((clientX - left) / width), clamp((clientY - top) / height)];
}

frame.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  frame.setPointerCapture(event.pointerId);
  from = place(event);
});
frame.addEventListener("pointermove", (event) => {
  if (!from) return;
  const to = place(event);
  const [left, right] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
  const [top, bottom] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
  if (right - left < LEAST || bottom - top < LEAST) return;
  box = [left, top, right, bottom];
  draw();
});
for (const name of ["pointerup", "pointercancel"]) frame.addEventListener(name, () => (from = undefined));

const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
area.addEventListener("keydown", (event) => {
  const move = MOVES[event.key];
  if (!move) return;
  event.preventDefault();
  let [left, top, right, bottom] = box;
  if (event.shiftKey) {
    right = clamp(right + move[0], left + LEAST);
    bottom = clamp(bottom + move[1], top + LEAST);
  } else {
    const dx = clamp(move[0], -left, 1 - right);
    const dy = clamp(move[1], -top, 1 - bottom);
    [left, right, top, bottom] = [left + dx, right + dx, top + dy, bottom + dy];
  }
  box = [left, top, right, bottom];
  draw();
});

dialog.addEventListener("close", () => {
  if (!["whole", "part"].includes(dialog.returnValue)) return;
  const text = dialog.returnValue === "part" ? box.map((share) => share.toFixed(3)).join(",") : "";
  document.dispatchEvent(new CustomEvent("box", { detail: { ...asked, box: text } }));
});

// A part of a picture of the gallery is asked for by its address.
document.addEventListener("box", ({ detail }) => {
  if (!detail.image) return;
  const address = new URL(location.href);
  const parts = address.searchParams.getAll("part");
  const hasColour = address.searchParams.has("colour");
  const number = detail.place - (hasColour ? 1 : 0);
  const weight = /\*-?[\d.]+$/.exec(parts[number] ?? "")?.[0] ?? "";
  parts[number] = `image:${detail.image}${detail.box && `@${detail.box}`}${weight}`;
  address.searchParams.delete("part");
  for (const part of parts) address.searchParams.append("part", part);
  address.searchParams.delete("cursor");
  location.assign(address);
});

document.addEventListener("click", ({ target }) => {
  const on = target.closest("[data-box-on]");
  if (on) open(on.dataset.boxOn, { image: on.dataset.boxPart, place: Number(on.dataset.boxPlace) });
  const preview = target.closest("[data-box-photo]") && document.querySelector("#search .drop__preview");
  if (preview?.src) open(preview.src, { photo: true });
});
