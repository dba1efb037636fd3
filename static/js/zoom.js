// Brings the large picture nearer: wheel, pinch, double tap, a click, + − 0, and moves it under the finger or by arrows.
// While all of it is seen, a finger's stroke turns to the next picture or closes.
const MOST = 6;
const STEP = 1.6;
const CLICKED = 2.5;
const ARROW = 80;
const STROKE = 56;
const STILL = 6;
const DOUBLE = 300;

const pointers = new Map();
let view = { figure: null, scale: 1, x: 0, y: 0 };
let stroke;
let pinch;
let lastTap = { at: -DOUBLE };

function figureOf(target) {
  return target.closest?.(".image__figure:has(.frame__size)");
}

function current() {
  return document.querySelector(":is(dialog[open], main) .image__figure:has(.image__link)");
}

function take(figure) {
  if (view.figure !== figure) view = { figure, frame: figure.querySelector(".frame"), scale: 1, x: 0, y: 0 };
  return view;
}

function isZoomed() {
  return view.scale > 1 && view.figure?.isConnected;
}

// Zoomed in, the picture has the whole window; what is under the point stays under it.
function zoomTo(figure, scale, point, isLoose = false) {
  const { frame } = take(figure);
  const wanted = Math.min(MOST, Math.max(1, scale));
  const { left, top } = frame.getBoundingClientRect();
  const [across, down] = [(point.x - left) / view.scale, (point.y - top) / view.scale];
  if (wanted > 1) spread(figure, frame);
  const rest = atRest(frame);
  view.scale = wanted;
  view.x = point.x - across * wanted - rest.left;
  view.y = point.y - down * wanted - rest.top;
  if (wanted === 1) return gather(figure);
  showButtons(figure);
  return show(isLoose);
}

function spread(figure, frame) {
  if (figure.classList.contains("is-zoomed")) return;
  figure.parentElement.style.minHeight = `${figure.offsetHeight}px`;
  figure.classList.add("is-zoomed");
  // The largest file there is.
  const picture = frame.querySelector(".frame__picture");
  picture.sizes = "9999px";
}

function gather(figure) {
  view.x = view.y = 0;
  view.scale = 1;
  figure.classList.remove("is-zoomed");
  figure.parentElement.style.minHeight = "";
  view.frame.style.transform = "";
  showButtons(figure);
}

function atRest(frame) {
  const { left, top } = frame.offsetParent.getBoundingClientRect();
  return { left: left + frame.offsetLeft, top: top + frame.offsetTop };
}

function show(isLoose) {
  const { frame, scale } = view;
  if (!isLoose) keepInSight();
  frame.style.transform = `translate(${view.x}px, ${view.y}px) scale(${scale})`;
}

// No edge comes further in than the window's; what is smaller stands in the middle.
function keepInSight() {
  const { frame, scale } = view;
  const rest = atRest(frame);
  const within = (offset, start, size, room) =>
    size <= room ? (room - size) / 2 - start : Math.min(-start, Math.max(room - size - start, offset));
  view.x = within(view.x, rest.left, frame.offsetWidth * scale, document.documentElement.clientWidth);
  view.y = within(view.y, rest.top, frame.offsetHeight * scale, innerHeight);
}

function showButtons(figure) {
  for (const name of ["out", "fit"]) {
    const button = figure.querySelector(`[data-zoom=${name}]`);
    if (!isZoomed() && document.activeElement === button) figure.querySelector("[data-zoom=in]").focus();
    button.hidden = !isZoomed();
  }
}

function middle(figure) {
  const { left, top, width, height } = (isZoomed() ? figure : figure.querySelector(".frame")).getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

function move(x, y) {
  view.x += x;
  view.y += y;
  show(false);
}

// Keys and buttons

document.addEventListener(
  "keydown",
  (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
    const figure = current();
    if (!figure) return;
    if (view.figure !== figure) take(figure);
    if (!act(figure, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  },
  { capture: true },
);

function act(figure, key) {
  if (key === "+" || key === "=") zoomTo(figure, view.scale * STEP, middle(figure));
  else if (!isZoomed()) return false;
  else if (key === "-" || key === "−") zoomTo(figure, view.scale / STEP, middle(figure));
  else if (key === "0" || key === "Escape") gather(figure);
  else if (key === "ArrowLeft") move(ARROW, 0);
  else if (key === "ArrowRight") move(-ARROW, 0);
  else if (key === "ArrowUp") move(0, ARROW);
  else if (key === "ArrowDown") move(0, -ARROW);
  else return false;
  return true;
}

document.addEventListener("click", (event) => {
  const way = event.target.closest("[data-zoom]")?.dataset.zoom;
  const figure = figureOf(event.target);
  if (!figure) return;
  if (way) {
    take(figure);
    act(figure, { in: "+", out: "-", fit: "0" }[way]);
  } else if (event.target.closest(".image__link") && !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault(); // without script the link opens the file
  }
});

// Wheel: with Ctrl, as a pinch on a touchpad sends it, always; else once zoomed in, or upwards where nothing scrolls.
let scrolledAt = 0;
document.addEventListener(
  "scroll",
  ({ target }) => {
    scrolledAt = performance.now();
    if (target instanceof HTMLDialogElement) target.classList.toggle("is-scrolled", target.scrollTop > 0);
  },
  { capture: true, passive: true },
);
document.addEventListener(
  "wheel",
  (event) => {
    const figure = figureOf(event.target);
    if (!figure?.querySelector(".image__link")) return;
    const scroller = figure.closest("dialog") ?? document.documentElement;
    const isAtTop = scroller.scrollTop <= 0 && performance.now() - scrolledAt > DOUBLE && event.deltaY < 0;
    take(figure);
    if (!event.ctrlKey && !isZoomed() && !isAtTop) return;
    event.preventDefault();
    const pace = event.deltaMode ? 0.05 : event.ctrlKey ? 0.01 : 0.0025;
    zoomTo(figure, view.scale * Math.exp(-event.deltaY * pace), { x: event.clientX, y: event.clientY });
  },
  { passive: false },
);

// Fingers and the mouse

document.addEventListener("pointerdown", (event) => {
  const figure = figureOf(event.target);
  if (!figure || event.button || event.target.closest("[data-zoom]")) return;
  take(figure);
  pointers.set(event.pointerId, event);
  if (pointers.size === 1) stroke = { from: event, last: event, mayClose: figure.closest("dialog")?.scrollTop === 0 };
  else if (pointers.size === 2) {
    stroke = undefined;
    pinch = { ...span(), scale: view.scale };
  }
});

document.addEventListener("pointermove", (event) => {
  if (!pointers.has(event.pointerId)) return;
  pointers.set(event.pointerId, event);
  if (pinch && pointers.size === 2) {
    const { distance, x, y } = span();
    zoomTo(view.figure, Math.max(1.001, (pinch.scale * distance) / pinch.distance), { x: pinch.x, y: pinch.y }, true);
    view.x += x - pinch.x;
    view.y += y - pinch.y;
    Object.assign(pinch, { x, y });
    show(true);
  } else if (stroke && isZoomed()) {
    if (far(stroke.from, event)) view.figure.setPointerCapture(event.pointerId);
    move(event.clientX - stroke.last.clientX, event.clientY - stroke.last.clientY);
    stroke.last = event;
  } else if (stroke && event.pointerType === "touch") follow(event);
});

for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, (event) => {
    if (!pointers.delete(event.pointerId)) return;
    if (pinch) return endPinch();
    if (stroke && name === "pointerup") endStroke(event);
    stroke = undefined;
    if (view.frame && !isZoomed()) view.frame.style.translate = "";
    return undefined;
  });
}

function span() {
  const [one, two] = [...pointers.values()];
  return {
    distance: Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY) || 1,
    x: (one.clientX + two.clientX) / 2,
    y: (one.clientY + two.clientY) / 2,
  };
}

function endPinch() {
  pinch = undefined;
  if (view.scale < 1.05) gather(view.figure);
  else show(false);
}

function far(from, to) {
  return Math.hypot(to.clientX - from.clientX, to.clientY - from.clientY) > STILL;
}

function strokeOf(event) {
  const [x, y] = [event.clientX - stroke.from.clientX, event.clientY - stroke.from.clientY];
  const isFlat = Math.abs(x) > Math.abs(y);
  return { x: isFlat ? x : 0, y: isFlat || !stroke.mayClose ? 0 : Math.max(0, y) };
}

function follow(event) {
  const { x, y } = strokeOf(event);
  if (view.figure.closest("dialog") && far(stroke.from, event)) view.frame.style.translate = `${x / 2}px ${y / 2}px`;
}

function endStroke(event) {
  if (!far(stroke.from, event)) return tapped(event);
  if (isZoomed() || event.pointerType !== "touch") return undefined;
  const { x, y } = strokeOf(event);
  const way = x > STROKE ? "previous" : x < -STROKE ? "next" : y > STROKE * 1.5 ? "close" : undefined;
  if (way) view.figure.dispatchEvent(new CustomEvent("swipe", { bubbles: true, detail: { way } }));
  return undefined;
}

// A mouse clicks once, a finger taps twice.
function tapped(event) {
  const isDouble = event.timeStamp - lastTap.at < DOUBLE && !far(lastTap.event, event);
  lastTap = isDouble ? { at: -DOUBLE } : { at: event.timeStamp, event };
  if (event.pointerType === "touch" && !isDouble) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (isZoomed()) gather(view.figure);
  else zoomTo(view.figure, CLICKED, { x: event.clientX, y: event.clientY });
}

// Another picture begins whole; the buttons are of no use without this script.
function ready(root) {
  for (const group of root.querySelectorAll(".zoom[hidden]")) group.hidden = false;
}
ready(document);
for (const name of ["closeup", "htmx:load"]) document.addEventListener(name, () => ready(document));
