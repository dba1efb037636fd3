// What somebody wrote and could not send is put back into the form it was written in, if that is on the page.
function fill(form, notice) {
  const written = Map.groupBy(notice.querySelectorAll("[data-field]"), ({ name }) => name);
  for (const control of form.elements) {
    const fields = written.get(control.name);
    if (control.type === "checkbox" || control.type === "radio") control.checked = Boolean(fields?.some(({ value }) => value === control.value));
    else if (fields?.length && !control.matches("button, [type=hidden], [type=file]")) control.value = fields.shift().value;
  }
  notice.querySelector("[data-unsent-back]").hidden = false;
  for (const each of notice.querySelectorAll("button, [data-unsent-said]")) each.hidden = true;
  form.before(notice);
  form.querySelector("input:not([type=hidden]), textarea")?.focus();
}

const pathOf = (form) => new URL(form.getAttribute("action") ?? "", location.href).pathname;

for (const notice of document.querySelectorAll("[data-unsent]")) {
  const others = [...document.querySelectorAll("form[method=post]:not([data-unsent], #react)")];
  const form = others.find((other) => pathOf(other) === pathOf(notice));
  if (form) fill(form, notice);
}
