// The page of a review: which answer is shown, and the keys. What is given is kept by entry.js.

import { createEntry } from "./entry.js";

const POLL_MS = 4000;
const byId = (id) => document.getElementById(id);
const [queueBox, exerciseBox, findBox, place, main, trouble] = [
  "queue",
  "exercise",
  "find",
  "place",
  "answer",
  "trouble",
].map(byId);

const QUEUES = {
  waits: ({ text }) => text === "waits",
  texts: ({ text }) => text !== undefined,
  figures: ({ plot }) => plot,
  failed: ({ failed }) => failed > 0,
  changed: ({ changed }) => changed > 0,
  all: () => true,
};

let answers = [];
/** Ids in order. Chosen once: an answer that has its points stays in it until another queue is chosen. */
let queue = [];
let current;
let entries = [];
let tag = "";

async function ask(path, options = {}) {
  const response = await fetch(path, options).catch(() => undefined);
  trouble.hidden = response !== undefined && (response.ok || [304, 409, 422].includes(response.status));
  if (!trouble.hidden)
    trouble.textContent = response
      ? await response.clone().text()
      : "npm run review does not answer. Is it still running? What is not saved stays here and is tried again.";
  return response;
}

async function readList() {
  const response = await ask("answers", tag ? { headers: { "If-None-Match": tag } } : {});
  if (!response?.ok) return false;
  tag = response.headers.get("ETag") ?? "";
  ({ answers } = await response.json());
  return true;
}

function chooseQueue() {
  const wanted = findBox.value.trim().toLowerCase();
  const of = exerciseBox.value;
  queue = answers
    .filter(QUEUES[queueBox.value])
    .filter(({ exercise, who }) => (of === "" || exercise === of) && who.toLowerCase().includes(wanted))
    .map(({ id }) => id);
}

function showPlace() {
  const i = queue.indexOf(current);
  const waiting = answers.filter(QUEUES.waits).length;
  const where = queue.length === 0 ? "none" : `${i < 0 ? "–" : i + 1} of ${queue.length}`;
  place.textContent = `${where}${waiting > 0 ? `, ${waiting} wait` : ""}`;
}

/** Nothing that is not saved is left. */
async function settle() {
  for (const entry of entries) await entry.settle();
  const open = entries.find((entry) => entry.isOpen());
  if (!open) return true;
  reveal(open);
  open.focus();
  return false;
}

const reveal = ({ form }) => {
  const fold = form.closest("details");
  if (fold) fold.open = true;
};

async function show(id) {
  if (id === undefined) {
    entries = [];
    current = undefined;
    main.replaceChildren(
      Object.assign(document.createElement("p"), {
        className: "quiet",
        textContent: "Nothing here. Choose another list above.",
      }),
    );
    return showPlace();
  }
  const response = await ask(`answers/${id}`);
  if (!response?.ok) return;
  const { html, entries: given, banks } = await response.json();
  current = id;
  // Written by this program, with every text of a learner's escaped; scripts in it would not run, and the page's policy forbids them.
  main.innerHTML = html;
  const hasText = main.querySelector('form.entry[data-check=""]') !== null;
  const names = given.map(({ check }) => check);
  entries = [...main.querySelectorAll("form.entry")].map((form) => {
    const i = form.dataset.field === undefined ? 0 : Number(form.dataset.field) + (hasText ? 1 : 0);
    return createEntry(form, {
      check: names[i],
      entry: given[i],
      bank: i === 0 && hasText ? banks.text : banks.checks,
      send: (change) =>
        fetch(`answers/${id}`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(change),
        }),
      onSaved: () => readList().then(showPlace),
    });
  });
  for (const entry of entries)
    if (entry.check !== "" && given[names.indexOf(entry.check)].points !== undefined) reveal(entry);
  history.replaceState(null, "", `#${id}`);
  scrollTo(0, 0);
  showPlace();
}

async function move(by) {
  if (queue.length === 0 || !(await settle())) return;
  const i = queue.indexOf(current);
  const next = i < 0 ? 0 : i + by;
  if (next >= 0 && next < queue.length) await show(queue[next]);
}

async function moveToWaiting() {
  if (!(await settle())) return;
  const waits = new Set(answers.filter(QUEUES.waits).map(({ id }) => id));
  const after = queue.slice(queue.indexOf(current) + 1);
  const next = [...after, ...queue].find((id) => waits.has(id) && id !== current);
  if (next !== undefined) await show(next);
}

async function restart() {
  if (!(await settle())) return;
  chooseQueue();
  if (!queue.includes(current)) await show(queue[0]);
  showPlace();
}

/** Seen and saved by somebody else, on another page or by a spreadsheet. */
async function poll() {
  if (document.visibilityState === "visible" && (await readList())) {
    showPlace();
    const response = current === undefined ? undefined : await ask(`answers/${current}`);
    if (response?.ok) {
      const { entries: now } = await response.json();
      for (const entry of entries) entry.refresh(now.find(({ check }) => check === entry.check));
    }
  }
  setTimeout(poll, POLL_MS);
}

const textEntry = () => entries.find(({ check }) => check === "");

/** The form in which somebody is, or the text's. */
const here = () => entries.find(({ form }) => form.contains(document.activeElement)) ?? textEntry();

function nextCheck() {
  const checks = entries.filter(({ check }) => check !== "");
  const at = checks.findIndex(({ form }) => form.closest("li").contains(document.activeElement));
  const failing = checks.find(({ form }) => !form.closest("li").classList.contains("passed"));
  const entry = at < 0 ? (failing ?? checks[0]) : checks[(at + 1) % checks.length];
  if (!entry) return;
  reveal(entry);
  const summary = entry.form.closest("details").querySelector("summary");
  summary.focus();
  summary.scrollIntoView({ block: "center" });
}

function exchangeTexts() {
  const texts = [...main.querySelectorAll(".written")];
  if (texts.length === 2) for (const text of texts) text.hidden = !text.hidden;
}

const KEYS = {
  j: () => move(1),
  ArrowRight: () => move(1),
  k: () => move(-1),
  ArrowLeft: () => move(-1),
  u: moveToWaiting,
  c: () => here()?.focus(),
  b: () => here()?.bank(),
  t: () => textEntry()?.ticks(),
  d: nextCheck,
  m: exchangeTexts,
  x: () => here()?.setPoints(null),
  "+": () => here()?.stepPoints(0.5),
  "-": () => here()?.stepPoints(-0.5),
  "/": () => findBox.focus(),
  "?": () => {
    byId("keys").hidden = !byId("keys").hidden;
  },
};

const isField = (element) => element.matches("input:not(.tick), textarea, select");

addEventListener("keydown", (event) => {
  const at = document.activeElement ?? document.body;
  if (event.key === "Escape" && at !== document.body) return at.blur();
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    at.blur();
    move(1);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isField(at)) return;
  const digit = /^[0-9]$/.test(event.key) ? Number(event.key) : undefined;
  const bank = at.closest?.(".bank");
  const criteria = at.closest?.(".criteria");
  if (digit !== undefined && bank) here()?.add(digit - 1);
  else if (digit !== undefined && criteria) textEntry()?.tick(digit - 1);
  else if (digit !== undefined) here()?.setPoints(digit);
  else if (KEYS[event.key]) KEYS[event.key]();
  else return;
  event.preventDefault();
});

// Nothing that is not saved is closed without a question.
addEventListener("beforeunload", (event) => {
  if (entries.some((entry) => entry.isOpen())) event.preventDefault();
});

byId("next").addEventListener("click", () => move(1));
byId("previous").addEventListener("click", () => move(-1));
for (const box of [queueBox, exerciseBox]) box.addEventListener("change", restart);
findBox.addEventListener("input", restart);

await readList();
exerciseBox.append(...[...new Set(answers.map(({ exercise }) => exercise))].map((id) => new Option(id, id)));
if (!answers.some(QUEUES.waits)) queueBox.value = answers.some(QUEUES.texts) ? "texts" : "failed";
chooseQueue();
const asked = Number(location.hash.slice(1) || Number.NaN);
await show(answers[asked] ? asked : queue[0]);
setTimeout(poll, POLL_MS);
