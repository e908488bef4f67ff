/** What would act on a terminal instead of showing itself; a path or an error's message may hold anything. */
const acting = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** @param {string} text */
const show = (text) => text.replace(acting, "\ufffd");

const marks = { ok: "✓", degraded: "!", missing: "✗" };
const colours = { ok: 32, degraded: 33, missing: 31 };

/**
 * @typedef {import("./checks.js").Seen} Seen
 * @typedef {Seen & { name: string, remedy: string | null }} Finding
 */

/**
 * The doctor's findings as aligned lines, each remedy below what it is for.
 *
 * @param {{ canRun: boolean, checks: readonly Finding[] }} report
 */
export function formatTable({ canRun, checks }, isColoured = Boolean(process.stdout.isTTY)) {
  /** @type {(state: Seen["state"], text: string) => string} */
  const paint = (state, text) => (isColoured ? `\x1b[${colours[state]}m${text}\x1b[0m` : text);
  const nameWidth = Math.max(...checks.map(({ name }) => name.length));
  const stateWidth = "degraded".length;
  const indent = " ".repeat(2 + nameWidth + 2 + stateWidth + 2);
  const lines = checks.flatMap(({ name, state, ...told }) => {
    const found = show(told.found);
    const remedy = told.remedy === null ? null : show(told.remedy);
    const label = paint(state, `${marks[state]} ${name.padEnd(nameWidth)}  ${state.padEnd(stateWidth)}`);
    return [`${label}  ${found}`, ...(remedy === null ? [] : [`${indent}→ ${remedy}`])];
  });
  return [...lines, "", summary(canRun, checks)].join("\n");
}

/**
 * @param {boolean} canRun
 * @param {readonly Finding[]} checks
 */
function summary(canRun, checks) {
  if (!canRun) return "The course cannot run yet.";
  const count = checks.filter(({ state }) => state !== "ok").length;
  return count === 0
    ? "The course can run."
    : `The course can run; ${count} of ${checks.length} could be better.`;
}
