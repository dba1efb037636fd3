// Many files, each sent by itself with its progress, a few side by side. What the server answers becomes the row.
const form = document.getElementById("upload");
const field = form.querySelector("input[type=file]");
const rows = document.getElementById("upload-rows");
const all = document.getElementById("apply-all");
const sending = document.getElementById("upload-sending");
const most = Number(form.dataset.most);
const limit = Number(form.dataset.limit);

const queue = [];
let underWay = 0;
document.documentElement.classList.add("is-enhanced");
form.querySelector("[type=submit]").hidden = true;

class Upload {
  constructor(file) {
    this.file = file;
    this.row = sending.content.firstElementChild.cloneNode(true);
    this.note = this.row.querySelector("[role=status]");
    this.again = this.row.querySelector("[data-again]");
    this.row.querySelector(".upload-row__name").textContent = file.name;
    this.again.addEventListener("click", () => enqueue(this));
    this.row.querySelector("[data-remove-row]").addEventListener("click", () => this.abandon());
    rows.prepend(this.row);
  }

  say(word) {
    this.note.textContent = this.note.dataset[word];
    this.row.dataset.state = word;
    this.again.hidden = word === "sending" || word === "waiting" || word === "tooLarge";
  }

  send() {
    const body = new FormData();
    for (const { name, value } of form.querySelectorAll("[type=hidden][name]")) body.append(name, value);
    body.append("file", this.file, this.file.name || "pasted.png");
    this.request = new XMLHttpRequest();
    this.request.upload.addEventListener("progress", ({ loaded, total }) => {
      this.row.querySelector("progress").value = total ? (100 * loaded) / total : 0;
    });
    this.request.addEventListener("loadend", () => this.finish());
    this.request.open("POST", form.action);
    this.request.setRequestHeader("HX-Request", "true");
    this.request.send(body);
    this.say("sending");
  }

  finish() {
    underWay -= 1;
    const row = this.answeredRow();
    if (row) {
      this.row.replaceWith(row);
      htmx.process(row);
      all.hidden = !rows.querySelector(".upload-row__form");
    } else if (this.row.isConnected) {
      this.say(this.request.status === 401 ? "signedOut" : this.request.status === 413 ? "tooLarge" : "failed");
    }
    next();
  }

  answeredRow() {
    const page = document.createRange().createContextualFragment(this.request.responseText ?? "");
    const row = page.firstElementChild;
    return row?.matches(".upload-row") ? row : null;
  }

  abandon() {
    const place = queue.indexOf(this);
    if (place >= 0) queue.splice(place, 1);
    this.row.remove();
    this.request?.abort();
  }
}

function add(files) {
  for (const file of files) {
    const upload = new Upload(file);
    if (file.size > limit) upload.say("tooLarge");
    else enqueue(upload);
  }
}

function enqueue(upload) {
  upload.say("waiting");
  queue.push(upload);
  next();
}

function next() {
  while (underWay < most && queue.length) {
    underWay += 1;
    queue.shift().send();
  }
}

field.addEventListener("change", () => {
  add(field.files);
  field.value = "";
});
document.addEventListener("paste", ({ clipboardData }) => add(clipboardData.files));
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("is-over", name === "dragover");
    if (name === "drop") add(event.dataTransfer.files);
  });
}

addEventListener("beforeunload", (event) => {
  if (underWay || queue.length) event.preventDefault();
});

// A refused row can be put away.
function offerRemoval() {
  for (const button of rows.querySelectorAll("[data-refused] [data-remove-row]")) button.hidden = false;
}
new MutationObserver(offerRemoval).observe(rows, { childList: true });
offerRemoval();
rows.addEventListener("click", ({ target }) => target.closest("[data-refused] [data-remove-row]")?.closest("li").remove());

// What is said of all is written into every row that says something else, and saved there.
all.hidden = !rows.querySelector(".upload-row__form");
all.querySelector("[data-apply]").addEventListener("click", () => {
  for (const name of ["category", "tags", "visibility"]) {
    const { value } = all.querySelector(`[name=${name}]`);
    if (!value) continue;
    for (const input of rows.querySelectorAll(`.upload-row__form [name=${name}]`)) {
      input.value = name === "tags" ? merged(input.value, value) : value;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
});

function merged(tags, more) {
  const names = `${tags},${more}`.split(",").map((name) => name.trim());
  return [...new Set(names.filter(Boolean))].join(", ");
}
