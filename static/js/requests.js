// What htmx could not fetch says so where it would have been, with a way to try again.
const PLACES = ".more, [data-panel], .reason__panel[hx-get]";

function mark(target, state, on) {
  const place = target.closest?.(PLACES);
  if (!place) return false;
  place.classList.toggle(state, on);
  if (state === "is-failed") place.querySelector("[role=alert]").hidden = !on;
  return true;
}

// What is pressed in such a place is not fetched into it.
const isFetched = ({ detail }) => detail.requestConfig?.verb === "get";

document.addEventListener("htmx:beforeRequest", (event) => {
  const { target } = event;
  if (!isFetched(event)) return;
  mark(target, "is-failed", false);
  mark(target, "is-loading", true);
});

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const { target, detail } = event;
    if (isFetched(event)) mark(target, "is-loading", false);
    const isShown = isFetched(event) && mark(target, "is-failed", true);
    // What nobody has pressed asks again by itself.
    const isPressed = !isFetched(event) || detail.requestConfig.triggeringEvent?.isTrusted;
    if (!isShown && isPressed) tell(detail.xhr?.status);
  });
}

document.addEventListener("click", (event) => {
  const retry = event.target.closest?.("[data-retry]");
  const place = retry?.closest(PLACES);
  if (!place) return;
  event.preventDefault();
  htmx.trigger(place.matches("[hx-get]") ? place : place.querySelector("[hx-get]"), "retry");
});

// Signed out meanwhile: sign in, and come back here.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!new URL(event.detail.xhr.responseURL, location.href).pathname.startsWith("/accounts/login/")) return;
  event.preventDefault();
  location.assign(signIn());
});

function signIn() {
  return `/accounts/login/?next=${encodeURIComponent(location.pathname + location.search)}`;
}

function cause(status) {
  if (!status) return "failed";
  if (status === 404) return "gone";
  if (status === 429) return "slower";
  return status < 500 ? "stale" : "broken";
}

// What people are told of an answer with this status, or of none.
export function failureWords(status) {
  return document.getElementById("failure-words").dataset[cause(status)];
}

function tell(status) {
  const signedOut = status === 401 && document.getElementById("signed-out-toast");
  const { content } = signedOut || document.getElementById("failure-toast");
  const toast = content.firstElementChild.cloneNode(true);
  if (signedOut) toast.querySelector("[data-sign-in]").href = signIn();
  else toast.querySelector("p").textContent = failureWords(status);
  document.getElementById("toasts").prepend(toast);
}
