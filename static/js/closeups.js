// A picture as it is opened over a list: what its card shows already, and soon what the server says of it.
const ahead = new Map(); // answers on their way, by address

// All that can be shown before the server answers: the card's picture and its title.
export function coming(card) {
  const article = document.querySelector("[data-overlay-coming]").content.firstElementChild.cloneNode(true);
  const picture = card?.querySelector(".frame__picture");
  article.querySelector("h1").textContent = card?.querySelector(".card__title")?.textContent ?? "";
  if (!picture) return article;
  const [width, height] = ["width", "height"].map((side) => Math.round(picture.getAttribute(side) * 1.5));
  const [size, known] = [new Image(), new Image()];
  Object.assign(size, { className: "frame__size", alt: "" });
  size.src = `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='${width}' height='${height}'/%3E`;
  Object.assign(known, { className: "frame__picture", alt: picture.alt, src: picture.currentSrc || picture.src });
  article.querySelector(".frame").append(size, known);
  return article;
}

// The picture at this address, from the server or fetched ahead; throws where there is none, with the answer's status.
export async function closeup(address) {
  try {
    const html = await (ahead.get(address) ?? fetched(address));
    const article = document.createRange().createContextualFragment(html).querySelector(".closeup");
    if (!article) throw new Error("not a picture");
    return article;
  } finally {
    ahead.delete(address);
  }
}

export function fetchAhead(address) {
  if (ahead.has(address)) return;
  const answer = fetched(address);
  answer.catch(() => ahead.delete(address));
  ahead.set(address, answer);
}

export function forgetAhead() {
  ahead.clear();
}

async function fetched(address) {
  const headers = { "HX-Request": "true", "HX-Target": "closeup" };
  const answer = await fetch(address, { headers, credentials: "same-origin" });
  if (!answer.ok) throw Object.assign(new Error("not fetched"), { status: answer.status });
  return answer.text();
}
