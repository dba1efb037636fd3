// Keeps one page for when the network is away; asked for last, so that nothing waits for it.
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("/service-worker.js").catch(() => {}));
}
