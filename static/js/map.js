// The map: a point for every picture, and pictures where there is room. Where one looks is kept in the address.
const map = document.getElementById("map");
const canvas = map?.querySelector("canvas");
const layer = map?.querySelector(".map__pictures");
const state = map?.querySelector(".map__state");

const MOST_ZOOM = 400;
const MARGIN = 0.07; // of each side, around everything
const MOST_STRETCH = 1.7; // one direction may be longer than the other, so that the map fills its frame
const PER_REQUEST = 90;
const STEP = 1.35;
const KEY_STEP = 80; // pixels

let points = [];
let view = { x: 0.5, y: 0.5, zoom: 1 };
let size = { width: 0, height: 0 };
let asked = false;
const cards = new Map(); // id → card, or null while it is being fetched
const shown = new Map(); // id → its link
const wanted = new Set();

// Pixels across and down that the whole map takes at this zoom.
function extent(zoom = view.zoom) {
  const shorter = Math.min(size.width, size.height) * MOST_STRETCH;
  return [size.width, size.height].map((length) => Math.min(length, shorter) * (1 - 2 * MARGIN) * zoom);
}

function toScreen({ x, y }) {
  const [across, down] = extent();
  return [(x - view.x) * across + size.width / 2, (y - view.y) * down + size.height / 2];
}

function side() {
  const narrow = size.width < 600;
  return Math.round(Math.min(narrow ? 88 : 116, (narrow ? 34 : 46) + 18 * Math.log2(view.zoom + 1)));
}

function draw() {
  asked = false;
  const context = canvas.getContext("2d");
  const ratio = devicePixelRatio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  const radius = Math.min(7, 2 + Math.log2(view.zoom + 1));
  const inside = [];
  for (const point of points) {
    const [left, top] = toScreen(point);
    if (left < -60 || top < -60 || left > size.width + 60 || top > size.height + 60) continue;
    inside.push([point, left, top]);
    context.fillStyle = point.colour;
    context.beginPath();
    context.arc(left, top, radius, 0, 7);
    context.fill();
  }
  place(inside);
}

// The first of the points that would cover each other gets its picture; their order never changes, so nothing flickers.
function place(inside) {
  const edge = side();
  const taken = new Map();
  const chosen = new Map();
  for (const [point, left, top] of inside) {
    const column = Math.floor(left / edge);
    const row = Math.floor(top / edge);
    if (isFree(taken, column, row, left, top, edge)) {
      taken.set(`${column},${row}`, [left, top]);
      chosen.set(point.id, [left - edge / 2, top - edge / 2]);
    }
  }
  for (const [id, link] of shown) {
    if (chosen.has(id) || link === document.activeElement) continue;
    link.remove();
    shown.delete(id);
  }
  layer.style.setProperty("--side", `${edge}px`);
  for (const [id, [left, top]] of chosen) {
    const link = shown.get(id) ?? hang(id);
    if (link) link.style.translate = `${left}px ${top}px`;
  }
  if (wanted.size) fetchSoon();
}

function isFree(taken, column, row, left, top, edge) {
  for (let dx = -1; dx <= 1; dx += 1) {
    for (let dy = -1; dy <= 1; dy += 1) {
      const other = taken.get(`${column + dx},${row + dy}`);
      if (other && Math.abs(other[0] - left) < edge + 6 && Math.abs(other[1] - top) < edge + 6) return false;
    }
  }
  return true;
}

function hang(id) {
  const card = cards.get(id);
  if (card === undefined) wanted.add(id);
  if (!card) return null;
  const link = document.createElement("a");
  link.className = "map__picture";
  link.href = card.url;
  link.title = card.title;
  link.draggable = false;
  const picture = document.createElement("img");
  picture.src = card.picture;
  picture.alt = card.alt;
  picture.decoding = "async";
  link.append(picture);
  link.addEventListener("focus", () => link.matches(":focus-visible") && centreOn(id));
  layer.append(link);
  shown.set(id, link);
  return link;
}

function centreOn(id) {
  const point = points.find((one) => one.id === id);
  const [left, top] = toScreen(point);
  const edge = side();
  if (left > edge && top > edge && left < size.width - edge && top < size.height - edge) return;
  look({ x: point.x, y: point.y });
}

let fetching;
function fetchSoon() {
  fetching ??= setTimeout(async () => {
    const ids = [...wanted].slice(0, PER_REQUEST);
    for (const id of ids) {
      wanted.delete(id);
      cards.set(id, null);
    }
    try {
      const answer = await fetch(`${map.dataset.cards}?ids=${ids.join(",")}`, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      for (const card of (await answer.json()).cards) cards.set(card.id, card);
    } catch {
      for (const id of ids) cards.delete(id);
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
    fetching = undefined;
    redraw();
  }, 60);
}

function redraw() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(draw);
}

function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

let remembering;
function look(change) {
  view = { ...view, ...change };
  view.zoom = clamp(view.zoom, 1, MOST_ZOOM);
  view.x = clamp(view.x, 0, 1);
  view.y = clamp(view.y, 0, 1);
  redraw();
  clearTimeout(remembering);
  remembering = setTimeout(() => {
    const place = [view.x.toFixed(4), view.y.toFixed(4), view.zoom.toFixed(2)].join(",");
    history.replaceState(history.state, "", view.zoom === 1 ? location.pathname : `#at=${place}`);
  }, 250);
}

function zoomAt(factor, left = size.width / 2, top = size.height / 2) {
  const zoom = clamp(view.zoom * factor, 1, MOST_ZOOM);
  if (zoom === 1) return look({ x: 0.5, y: 0.5, zoom });
  const [before, after] = [extent(), extent(zoom)];
  const [dx, dy] = [left - size.width / 2, top - size.height / 2];
  look({ x: view.x + dx / before[0] - dx / after[0], y: view.y + dy / before[1] - dy / after[1], zoom });
}

function pan(dx, dy) {
  const [across, down] = extent();
  look({ x: view.x - dx / across, y: view.y - dy / down });
}

function fromAddress() {
  const found = /^#at=([\d.]+),([\d.]+),([\d.]+)$/.exec(location.hash);
  if (found) look({ x: Number(found[1]), y: Number(found[2]), zoom: Number(found[3]) });
}

const pointers = new Map();
let moved = false;

function listen() {
  map.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button") || event.button) return;
    pointers.set(event.pointerId, event);
    moved = false;
  });
  addEventListener("pointermove", (event) => {
    const last = pointers.get(event.pointerId);
    if (!last) return;
    const [dx, dy] = [event.clientX - last.clientX, event.clientY - last.clientY];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    moved = true;
    if (pointers.size === 2) pinch(event);
    else pan(dx, dy);
    pointers.set(event.pointerId, event);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    addEventListener(name, ({ pointerId }) => pointers.delete(pointerId));
  }
  // A drag that ends on a picture is not a click on it.
  map.addEventListener("click", (event) => moved && event.preventDefault(), { capture: true });
  map.addEventListener("dragstart", (event) => event.preventDefault());
  map.addEventListener("wheel", onWheel, { passive: false });
  map.addEventListener("dblclick", (event) => {
    if (!event.target.closest("button, a")) zoomAt(2, ...within(event));
  });
  map.addEventListener("keydown", onKey);
  for (const button of map.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      if (button.dataset.zoom === "all") look({ x: 0.5, y: 0.5, zoom: 1 });
      else zoomAt(button.dataset.zoom === "in" ? 1.8 : 1 / 1.8);
    });
  }
  addEventListener("hashchange", () => {
    fromAddress();
    map.scrollIntoView({ block: "center" });
    map.focus({ preventScroll: true });
  });
  new ResizeObserver(measure).observe(map);
}

function within({ clientX, clientY }) {
  const { left, top } = map.getBoundingClientRect();
  return [clientX - left, clientY - top];
}

function pinch(event) {
  const other = [...pointers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
  const last = pointers.get(event.pointerId);
  const before = Math.hypot(last.clientX - other.clientX, last.clientY - other.clientY);
  const after = Math.hypot(event.clientX - other.clientX, event.clientY - other.clientY);
  const middle = { clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 };
  if (before > 0) zoomAt(after / before, ...within(middle));
}

// The page scrolls on when everything is shown and one scrolls outwards.
function onWheel(event) {
  if (view.zoom === 1 && event.deltaY > 0) return;
  event.preventDefault();
  zoomAt(Math.exp(-clamp(event.deltaY, -120, 120) / 260), ...within(event));
}

const KEYS = {
  ArrowLeft: () => pan(KEY_STEP, 0),
  ArrowRight: () => pan(-KEY_STEP, 0),
  ArrowUp: () => pan(0, KEY_STEP),
  ArrowDown: () => pan(0, -KEY_STEP),
  "+": () => zoomAt(STEP),
  "=": () => zoomAt(STEP),
  "-": () => zoomAt(1 / STEP),
  0: () => look({ x: 0.5, y: 0.5, zoom: 1 }),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
  event.preventDefault();
  event.stopPropagation();
  KEYS[event.key]();
}

function measure() {
  const { width, height } = map.getBoundingClientRect();
  size = { width, height };
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  redraw();
}

async function open() {
  map.hidden = false;
  state.textContent = state.dataset.loading;
  state.hidden = false;
  try {
    const answer = await fetch(map.dataset.points, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const { ids, x, y, colours } = await answer.json();
    points = ids.map((id, row) => ({ id, x: x[row], y: y[row], colour: colours[row] || "#888" }));
    state.hidden = true;
  } catch {
    state.textContent = state.dataset.failed;
    return;
  }
  measure();
  fromAddress();
  const around = points.find(({ id }) => id === Number(new URLSearchParams(location.search).get("image")));
  if (around) look({ x: around.x, y: around.y, zoom: 12 });
  listen();
}

if (map) open();
