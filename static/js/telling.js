// Tells the site what somebody looks at. It reaches the site from a page that is being left, too.
export function tellSite(events) {
  fetch("/api/v1/events/", {
    method: "POST",
    keepalive: true,
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") },
    body: JSON.stringify({ events }),
  }).catch(() => {});
}
