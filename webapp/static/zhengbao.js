// Better with it, whole without it: every page works when this file does not load.
"use strict";

const box = document.getElementById("q");

// Enter that ends a composition chooses a word; it must not send the form. Safari reports that
// key after compositionend, with key code 229.
let composing = false;
if (box) {
  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => { composing = false; });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (composing || event.isComposing || event.keyCode === 229)) event.preventDefault();
  });
  box.form.addEventListener("submit", (event) => { if (composing) event.preventDefault(); });
}

const marks = [...document.querySelectorAll("mark[id]")];

function jump(step) {
  const here = marks.findIndex((mark) => "#" + mark.id === location.hash);
  const next = here < 0 ? (step > 0 ? 0 : marks.length - 1) : (here + step + marks.length) % marks.length;
  location.hash = marks[next].id;
  marks[next].firstElementChild.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "/" && box) { event.preventDefault(); box.focus(); box.select(); }
  if (marks.length && (event.key === "n" || event.key === "p")) jump(event.key === "n" ? 1 : -1);
});
