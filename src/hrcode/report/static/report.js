"use strict";
// The page can be read without this; it adds buttons, filters and the note on a passage.
const root = document.documentElement;
root.classList.add("js");
const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const make = (name, text = "") => Object.assign(document.createElement(name), { textContent: text });

// Light and dark: as the system has it, until the button is pressed.
const theme = one("#theme");
const dark = () =>
  root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
theme.setAttribute("aria-pressed", dark());
theme.addEventListener("click", () => {
  root.dataset.theme = dark() ? "light" : "dark";
  theme.setAttribute("aria-pressed", dark());
});

// A number of participants opens the quotes of its group.
for (const cell of all("td[data-q]")) {
  const details = document.getElementById(cell.dataset.q);
  if (!details) continue;
  const button = make("button", cell.textContent);
  button.type = "button";
  const code = one("th", cell.parentElement).textContent.trim().replace(/\s+/g, " ");
  const group = one(`#table thead tr th:nth-child(${Number(cell.dataset.g) + 2})`).textContent;
  button.setAttribute("aria-label", `${cell.textContent} in ${group}: quotes on ${code}`);
  button.setAttribute("aria-controls", details.id);
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => showQuotes(details, button, cell.dataset.g));
  cell.replaceChildren(button);
}

function showQuotes(details, button, group) {
  const row = details.closest("tr");
  const open = button.getAttribute("aria-expanded") !== "true";
  for (const other of all("button", row.previousElementSibling)) other.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-expanded", open);
  row.classList.toggle("open", open);
  details.open = open;
  let shown = 0;
  for (const quote of all("li", details)) {
    quote.hidden = !quote.dataset.g.split(" ").includes(group);
    shown += !quote.hidden;
  }
  one("summary", details).textContent = `Quotes: ${shown} of ${all("li", details).length}`;
  one(".none", details).hidden = shown > 0;
}

// A link to something that is folded away unfolds it.
function unfold() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  let folded = false;
  for (let at = target.parentElement; at; at = at.parentElement) {
    if (at.localName === "details" && !at.open) folded = at.open = true;
    if (at.hidden) folded = !(at.hidden = false);
  }
  if (folded) target.scrollIntoView();
  if (target.id.startsWith("s")) {
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
}
addEventListener("hashchange", unfold);
unfold();

// The note on a coded passage: what it was coded with, and why.
const data = JSON.parse(one("#data").textContent);
const tip = one("#tip");
let noted = null;

function note(mark) {
  if (mark === noted) return;
  forget();
  noted = mark;
  tip.replaceChildren(
    ...mark.dataset.k.split(" ").map((number) => {
      const [code, indicator, context, kind] = data.codings[number];
      const [name, category, label, stance] = data.codes[code];
      const line = make("p");
      line.append(make("b", `${name} ${category}: ${label} (${stance})`), `found by ${kind} `);
      line.append(Object.assign(make("code", data.indicators[indicator]), { dir: "auto" }));
      if (context) line.append(`; ${context}`);
      return line;
    }),
  );
  mark.dataset.title = mark.title;
  mark.removeAttribute("title");
  mark.setAttribute("aria-describedby", "tip");
  tip.hidden = false;
  const place = mark.getBoundingClientRect();
  const left = Math.min(place.left, root.clientWidth - tip.offsetWidth - 8);
  tip.style.left = `${scrollX + Math.max(8, left)}px`;
  const below = place.bottom + tip.offsetHeight + 12 < innerHeight || place.top < tip.offsetHeight + 12;
  tip.style.top = `${scrollY + (below ? place.bottom + 6 : place.top - tip.offsetHeight - 6)}px`;
}

function forget() {
  if (!noted) return;
  noted.title = noted.dataset.title;
  noted.removeAttribute("aria-describedby");
  noted = null;
  tip.hidden = true;
}

const transcripts = one("#transcripts");
if (transcripts) {
  const passage = (event) => event.target.closest?.("a.m:not(.muted)");
  for (const kind of ["mouseover", "focusin"]) {
    transcripts.addEventListener(kind, (event) => passage(event) && note(passage(event)));
  }
  // The pointer may go from the passage into its note without losing it.
  addEventListener("mouseover", (event) => {
    if (noted && !passage(event) && !tip.contains(event.target) && noted !== document.activeElement) forget();
  });
  transcripts.addEventListener("focusout", forget);
  addEventListener("keydown", (event) => event.key === "Escape" && forget());
  filters(transcripts);
}

function filters(section) {
  const form = one("#filter");
  const folds = all(".transcript");
  const passages = all("a.m", section);
  const apply = () => {
    const wanted = Object.fromEntries(new FormData(form));
    forget();
    for (const fold of folds) {
      fold.hidden = Boolean(wanted.group) && !fold.dataset.groups.split(" ").includes(wanted.group);
    }
    const fits = (number) => {
      const [code, , , , groups] = data.codings[number];
      const [name, , , stance] = data.codes[code];
      return (!wanted.category || name.split(".")[0] === wanted.category) &&
        (!wanted.group || groups.includes(Number(wanted.group))) &&
        (!wanted.stance || stance === wanted.stance);
    };
    const kept = new Set();
    const turns = new Set();
    for (const mark of passages) {
      const numbers = mark.dataset.k.split(" ").filter(fits);
      mark.classList.toggle("muted", !numbers.length);
      if (!numbers.length || mark.closest(".transcript").hidden) continue;
      turns.add(mark.closest(".turn"));
      for (const number of numbers) kept.add(number);
    }
    for (const turn of all(".turn", section)) turn.hidden = Boolean(wanted.only) && !turns.has(turn);
    const shown = folds.filter((fold) => !fold.hidden).length;
    one("#count").textContent = `${kept.size} of ${data.codings.length} codings, ${shown} of ${folds.length} transcripts`;
  };
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  one("#clear").addEventListener("click", () => {
    form.reset();
    apply();
  });
  const openAll = one("#open-all");
  openAll.addEventListener("click", () => {
    const open = openAll.textContent === "Open all";
    for (const fold of folds) fold.open = open;
    openAll.textContent = open ? "Close all" : "Open all";
  });
  apply();
}
