// One form of points and words: kept as soon as they are given, and never over somebody else's.

const PAUSE_MS = 700;
const AGAIN_MS = 3000;

/** @param {number | null | undefined} points */
const pointsWords = (points) =>
  points == null ? "no points" : `${points} ${points === 1 ? "point" : "points"}`;

/**
 * @param {HTMLFormElement} form
 * @param {{ check: string, entry: { points?: number, remark: string, criteria: number[], reviewer?: string, version: string, note: string }, bank: string[],
 *   send: (change: object) => Promise<Response>, onSaved: () => void }} options
 */
export function createEntry(form, { check, entry, bank, send, onSaved }) {
  const one = (/** @type {string} */ selector) => form.querySelector(selector);
  const [value, remark, state, by, conflict, note] = [
    ".value",
    ".remark",
    ".state",
    ".by",
    ".conflict",
    ".note",
  ].map(one);
  const best = Number(form.dataset.best);
  /** @type {HTMLInputElement[]} */
  const ticks = [...form.querySelectorAll(".tick")];
  const ticked = () => ticks.flatMap((tick, i) => (tick.checked ? [i + 1] : []));
  const sumOfTicks = () =>
    ticks.reduce((sum, tick) => sum + (tick.checked ? Number(tick.dataset.points) : 0), 0);
  let known = entry;
  let timer = 0;
  /** @type {Promise<void> | undefined} */
  let saving;

  const mine = () => ({
    points: value.value.trim() === "" ? null : Number(value.value),
    remark: remark.value,
    criteria: ticked(),
  });
  const isChanged = () => {
    const { points, remark, criteria } = mine();
    const same = points === (known.points ?? null) && remark === known.remark;
    return !same || criteria.join() !== known.criteria.join();
  };
  /** What cannot be kept as it stands, and why. */
  const wrong = () => {
    const { points, remark } = mine();
    if (value.validity.badInput) return "expected a number of points";
    if (points !== null && !(points >= 0 && points <= best)) return `expected 0 to ${best} points`;
    if (check !== "" && points !== null && remark.trim() === "") return "write a reason, then it is saved";
    return undefined;
  };
  const say = (/** @type {string} */ text, kind = "") => {
    state.textContent = text;
    state.dataset.kind = kind;
  };

  function show(/** @type {typeof entry} */ next) {
    known = next;
    value.value = next.points ?? "";
    remark.value = next.remark;
    for (const [i, tick] of ticks.entries()) tick.checked = next.criteria.includes(i + 1);
    by.textContent = next.reviewer === undefined ? "" : `by ${next.reviewer}`;
    note.textContent = next.note;
    note.hidden = next.note === "";
    conflict.hidden = true;
  }

  function touch(pause = PAUSE_MS) {
    clearTimeout(timer);
    if (!isChanged()) return;
    const why = wrong();
    say(why ?? "…", why ? "wrong" : "");
    if (!why) timer = setTimeout(save, pause);
  }

  async function save() {
    clearTimeout(timer);
    if (saving) return saving;
    if (!isChanged() || wrong() || !conflict.hidden) return;
    saving = attempt().finally(() => {
      saving = undefined;
    });
    await saving;
    if (canSave()) touch();
  }

  /** What was typed while another state of it was being saved. */
  const canSave = () => isChanged() && !wrong() && conflict.hidden && state.dataset.kind !== "wrong";

  async function settle() {
    do await save();
    while (saving || canSave());
  }

  async function attempt() {
    const sent = mine();
    say("saving …");
    let response;
    try {
      response = await send({ check, ...sent, version: known.version });
    } catch {
      say("not saved: npm run review does not answer; tried again", "wrong");
      timer = setTimeout(save, AGAIN_MS);
      return;
    }
    if (response.status === 409) return contradict(await response.json());
    if (!response.ok) return say(`not saved: ${await response.text()}`, "wrong");
    known = await response.json();
    // What would not show itself has been made visible.
    if (remark.value === sent.remark) remark.value = known.remark;
    note.hidden = known.note === "";
    by.textContent = known.reviewer === undefined ? "" : `by ${known.reviewer}`;
    say(`saved ${new Date().toLocaleTimeString()}`, "saved");
    onSaved();
  }

  /** Somebody else's are kept, and both are shown. */
  function contradict(/** @type {typeof entry} */ theirs) {
    const words = theirs.remark === "" ? "" : `, “${theirs.remark}”`;
    one(".theirs").textContent =
      `${theirs.reviewer ?? "Somebody else"} has saved here meanwhile: ${pointsWords(theirs.points)}${words}. Yours stand above and are not saved.`;
    conflict.hidden = false;
    say("not saved", "wrong");
    one(".take").onclick = () => {
      show(theirs);
      say("theirs", "saved");
      onSaved();
    };
    one(".insist").onclick = () => {
      known = theirs;
      conflict.hidden = true;
      if (isChanged()) save();
      else show(theirs);
    };
  }

  /** Points that are given in another way than by ticks are nothing that ticks explain. */
  function clearTicks() {
    if (value.value.trim() !== "" && Number(value.value) === Math.min(best, sumOfTicks())) return;
    for (const tick of ticks) tick.checked = false;
  }

  function tickedOne() {
    value.value = ticked().length === 0 ? "" : String(Math.min(best, sumOfTicks()));
    touch(0);
  }

  function add(/** @type {string} */ words) {
    const lines = remark.value.split("\n").map((line) => line.trim());
    if (!lines.includes(words)) remark.value = `${remark.value.trimEnd()}\n${words}`.trim();
    touch(0);
  }

  one(".bank ol").replaceChildren(
    ...bank.map((words) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
      button.addEventListener("click", () => add(words));
      const item = document.createElement("li");
      item.append(button);
      return item;
    }),
  );
  one(".bank").hidden = bank.length === 0;
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const tick of ticks) tick.addEventListener("change", tickedOne);
  value.addEventListener("input", () => {
    clearTicks();
    touch();
  });
  remark.addEventListener("input", () => touch());
  for (const field of [value, remark]) field.addEventListener("blur", () => save());
  show(entry);

  return {
    check,
    form,
    isOpen: () => isChanged() || saving !== undefined,
    /** Kept, or known why not. */
    settle,
    focus: () => remark.focus(),
    bank: () => one(".bank button")?.focus(),
    ticks: () => ticks[0]?.focus(),
    tick(/** @type {number} */ i) {
      const tick = ticks[i];
      if (!tick) return;
      tick.checked = !tick.checked;
      tick.focus();
      tickedOne();
    },
    add: (/** @type {number} */ i) => bank[i] !== undefined && add(bank[i]),
    setPoints(/** @type {number | null} */ points) {
      if (points !== null && points > best) return say(`expected 0 to ${best} points`, "wrong");
      value.value = points === null ? "" : String(points);
      clearTicks();
      touch(0);
    },
    stepPoints(/** @type {number} */ by) {
      const next = Math.min(best, Math.max(0, (mine().points ?? 0) + by));
      value.value = String(next);
      clearTicks();
      touch(0);
    },
    /** Shows what somebody else has saved, unless something of one's own would be lost. */
    refresh(/** @type {typeof entry} */ now) {
      if (now.version === known.version || saving || !conflict.hidden) return;
      if (isChanged()) return contradict(now);
      show(now);
      say("changed by somebody else", "saved");
    },
  };
}
