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

// Completion: a combobox with a list (WAI-ARIA Authoring Practices). What is typed is asked for after a pause,
// never while an input method is composing; the list is closed by Escape, by leaving, and by sending the form.
const PAUSE_MS = 120;

function combobox(input) {
  const list = document.createElement("ul");
  let options = [], active = -1, timer = 0, asking = null;
  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.label);
  input.parentElement.append(list);
  input.type = "text"; // A search box may not be a combobox.
  input.inputMode = "search";
  const said = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  for (const [name, value] of Object.entries(said)) input.setAttribute(name, value);

  function show(suggestions) {
    options = suggestions;
    list.replaceChildren(...suggestions.map(option));
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    point(-1);
  }

  function option(suggestion, number) {
    const item = document.createElement("li");
    item.id = "suggestion-" + number;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const parts = { label: suggestion.label, kind: suggestion.kind, count: input.dataset.count.replace("#", suggestion.count) };
    for (const [name, text] of Object.entries(parts)) {
      const part = document.createElement("span");
      part.className = "suggestion-" + name;
      part.textContent = text;
      item.append(part, " ");
    }
    return item;
  }

  function point(to) {
    active = to;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
    if (active < 0) { input.removeAttribute("aria-activedescendant"); return; }
    input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    show([]);
  }

  function take(number) {
    input.value = options[number].text;
    close();
    input.form.requestSubmit();
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    if (!input.value.trim()) { show([]); return; }
    try {
      const answer = await fetch(input.dataset.suggest + "?q=" + encodeURIComponent(input.value), { signal: asking.signal });
      show(answer.ok ? (await answer.json()).suggestions : []);
    } catch (error) {
      if (error.name !== "AbortError") show([]);
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  }

  function key(event) {
    if (composing || event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
    const open = !list.hidden, step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !open) { if (step > 0) { event.preventDefault(); ask(); } return; }
    if (step) point(active + step < -1 ? options.length - 1 : active + step === options.length ? -1 : active + step);
    else if (event.key === "Enter" && active >= 0) take(active);
    else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
  }

  input.addEventListener("input", () => { if (!composing) later(); });
  input.addEventListener("compositionstart", () => { clearTimeout(timer); });
  input.addEventListener("compositionend", later);
  input.addEventListener("keydown", key);
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) take([...list.children].indexOf(item));
  });
}

if (box?.dataset.suggest) combobox(box);

// A narrow window scrolls its tabs: the one that is open is in sight.
const tab = document.querySelector(".tabs [aria-current]");
if (tab) tab.closest("ul").scrollLeft = tab.parentElement.offsetLeft - 16;

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
