// What was done to pictures in this tab, so that a page the browser has kept can catch up when one comes back to it.
export class Remembered {
  constructor(key) {
    this.key = key;
  }

  all() {
    return JSON.parse(sessionStorage.getItem(this.key) ?? "{}");
  }

  note(image, state) {
    sessionStorage.setItem(this.key, JSON.stringify({ ...this.all(), [image]: Boolean(state) }));
  }

  // Calls back with every picture and its state when the page is shown again.
  whenBack(show) {
    addEventListener("pageshow", ({ persisted }) => persisted && show(Object.entries(this.all())));
  }
}
