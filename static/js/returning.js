// Before anything is painted: who comes back to a list, or has left it to sign in, does not see its top first. See places.js.
(() => {
  const left = JSON.parse(sessionStorage.getItem("left") ?? "null");
  const isSignedIn = left?.place && left.address === location.pathname + location.search && !history.state;
  if (isSignedIn) history.replaceState({ place: left.place }, "");
  if (!location.pathname.startsWith("/accounts/")) sessionStorage.removeItem("left");
  const [{ type }] = performance.getEntriesByType("navigation");
  const place = history.state?.place;
  const isBack = type === "back_forward" || isSignedIn || sessionStorage.getItem("returning");
  sessionStorage.removeItem("returning");
  if (!place || !isBack || !(sessionStorage.getItem("places") ?? "").includes(place)) return;
  history.scrollRestoration = "manual";
  document.documentElement.classList.add("is-returning");
})();
