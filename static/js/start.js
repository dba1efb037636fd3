// Says how many pictures have been chosen, and how many more make a good start.
const form = document.getElementById("start");
const words = document.getElementById("start-count");

function say() {
  const count = form.querySelectorAll("[name=like]:checked").length;
  const left = Number(words.dataset.enough) - count;
  if (!count) return;
  const text = left > 0 ? words.dataset.some : words.dataset.done;
  words.textContent = text.replace("{count}", count).replace("{left}", left);
}

if (form) {
  form.addEventListener("change", say);
  say();
}
