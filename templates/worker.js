// Language: {{ language }}. Asks the network for everything; when a page cannot be had, shows the one that was kept.
const KEPT = {{ kept|safe }};
const SHELF = `kept ${KEPT.join(" ")} {{ language }}`;

self.addEventListener("install", (event) => {
  const requests = KEPT.map((address) => new Request(address, { cache: "reload" }));
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.addAll(requests)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name !== SHELF);
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(old(names).map((name) => caches.delete(name))))
      .then(() => self.registration.navigationPreload?.enable())
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(page(event));
  } else if (KEPT.includes(new URL(request.url).pathname) && request.method === "GET") {
    event.respondWith(fetch(request).catch(() => caches.match(new URL(request.url).pathname)));
  }
});

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return caches.match(KEPT[0]);
  }
}
