// Before anything is painted: who comes back to a list does not see its top first. See places.js.
(() => {
  const [{ type }] = performance.getEntriesByType("navigation");
  const place = history.state?.place;
  const isBack = type === "back_forward" || sessionStorage.getItem("returning");
  sessionStorage.removeItem("returning");
  if (!place || !isBack || !(sessionStorage.getItem("places") ?? "").includes(place)) return;
  history.scrollRestoration = "manual";
  document.documentElement.classList.add("is-returning");
})();
