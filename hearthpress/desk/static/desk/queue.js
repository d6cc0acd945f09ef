// Walks the queue by keys, and shows a story in short beside the list. Without it each row has links and a box to tick.
const queue = document.getElementById("queue");
const place = document.getElementById("queue-summary");
const keys = document.getElementById("keys");
const keysOn = document.getElementById("keys-on");
const KEPT = "hearthpress-queue-keys";
const wide = matchMedia("(min-width: 60em)");
const rows = queue ? [...queue.querySelectorAll("tbody tr")] : [];
let chosen = null;
let loaded = Promise.resolve();

const choose = (row) => {
  if (row === chosen) return;
  if (chosen) chosen.classList.remove("chosen");
  chosen = row;
  row.classList.add("chosen");
  loaded = wide.matches ? load(row) : Promise.resolve();
};

// Who walks on quickly asks only for the row where they stop.
const load = async (row) => {
  await new Promise((go) => setTimeout(go, 120));
  if (row !== chosen) return;
  const answer = await fetch(row.querySelector(".summary-link").href).catch(() => null);
  if (row !== chosen || !answer || !answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const summary = page.getElementById("summary");
  if (row !== chosen || !summary) return;
  place.replaceChildren(summary);
  place.hidden = false;
  queue.classList.add("with-summary");
};

// What a key presses is a link or button of the summary, or the link to the page that has it.
const press = async (name) => {
  const row = chosen;
  if (!row) return;
  await loaded;
  const there = !place.hidden && row === chosen && place.querySelector(`[data-key="${name}"]`);
  if (there) there.click();
  else if (!wide.matches) location.href = row.querySelector(".summary-link").href;
};

const walk = (step) => {
  const next = rows[chosen ? rows.indexOf(chosen) + step : 0];
  if (next) next.querySelector(".title").focus();
};

const find = () => document.getElementById("filter-find").focus();
const acts = { j: () => walk(1), k: () => walk(-1), a: () => press("a"), d: () => press("d"), "/": find, "?": () => keys.showModal() };

const isTyping = (place) => place.closest("select, textarea, dialog, [contenteditable]") || place.matches("input:not([type=checkbox])");

document.addEventListener("keydown", (event) => {
  const act = Object.hasOwn(acts, event.key) && acts[event.key];
  if (!act || !keysOn.checked || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  event.preventDefault();
  act();
});

rows.forEach((row) => row.addEventListener("focusin", () => choose(row)));
rows.forEach((row) => row.querySelector(".summary-link").addEventListener("click", (event) => {
  if (!wide.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  choose(row);
}));

const offer = document.getElementById("keys-offer");
offer.hidden = false;
offer.querySelector("button").addEventListener("click", () => keys.showModal());
keysOn.checked = localStorage.getItem(KEPT) !== "off";
keysOn.addEventListener("change", () => localStorage.setItem(KEPT, keysOn.checked ? "on" : "off"));

// Back from giving a story to somebody, the list goes on at its row.
const here = queue && [...queue.querySelectorAll(".title")].find((title) => `#${title.id}` === location.hash);
if (here) here.focus();
