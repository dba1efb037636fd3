// A picture takes its placeholder's place when it has come; when it cannot come, the placeholder stays.
function settle(picture, state) {
  picture.closest(".frame").classList.add(state);
}

function watch(event, state) {
  document.addEventListener(
    event,
    ({ target }) => {
      if (target instanceof HTMLImageElement && target.matches(".frame__picture")) settle(target, state);
    },
    { capture: true },
  );
}

watch("load", "is-loaded");
watch("error", "is-broken");
for (const picture of document.querySelectorAll(".frame__picture")) {
  if (picture.complete && picture.currentSrc) settle(picture, picture.naturalWidth ? "is-loaded" : "is-broken");
}
