// Tells the site how long a picture was looked at, on its page or opened over a list: visible and in focus, five
// minutes at most.
import { tellSite } from "./telling.js";

const MOST = 300;
const LEAST = 1;

let picture = Number(document.querySelector("main [data-dwell]")?.dataset.dwell) || null;
let seconds = 0;
let told = 0;
let since;

function isLookedAt() {
  return picture !== null && document.visibilityState === "visible" && document.hasFocus();
}

function count() {
  if (since !== undefined) seconds = Math.min(MOST, seconds + (performance.now() - since) / 1000);
  since = isLookedAt() ? performance.now() : undefined;
}

function send() {
  count();
  if (seconds - told < LEAST) return;
  const event = { kind: "dwell", image: picture, seconds: Math.round((seconds - told) * 10) / 10 };
  told = seconds;
  tellSite([event]);
}

function lookAt(image) {
  if (image === picture) return;
  send();
  picture = image;
  seconds = told = 0;
  since = undefined;
  count();
}

count();
for (const name of ["focus", "blur"]) addEventListener(name, count);
document.addEventListener("closeup", ({ detail }) => lookAt(detail.image));
// Leaving, or another tab in front: what is told twice of one visit adds up.
document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? send() : count()));
addEventListener("pagehide", send);
