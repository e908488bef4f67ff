/** The result of one exercise as a card under a notebook's cell, in JupyterLab (light and dark), VS Code and exported HTML alike. */

import type { CheckResult, ExerciseResult, Failure } from "../../grading/result.ts";
import { plural } from "../../plural.ts";
import { advice } from "../advice.ts";
import { escapeHTML } from "../escape.ts";
import { renderMarkdown } from "../markdown.ts";
import { stillPlot } from "../plot.ts";
import { CHECK_SIGN, inputBeside, pointsText, STATUS } from "../points.ts";
import { AMBER, box, cardMarkdown, FAINT, fold, GREEN, GREY, RED } from "./box.ts";
import { staleLine } from "./stale-line.ts";

export { cardText } from "./card-text.ts";

export interface CardOptions {
  /** From a nudge to nearly the answer, in Markdown. */
  readonly hints?: readonly string[];
  /** How many of them are open from the start. */
  readonly hintsShown?: number;
  /** In a page that is being written in: warn while the cell above is edited and not run. */
  readonly live?: boolean;
}

const STATUS_COLOR = { passed: GREEN, partial: AMBER, failed: RED, unsolved: GREY };
const CHECK_COLOR = { passed: GREEN, failed: RED, unsolved: GREY, skipped: GREY };
const WARNING = `border-left:3px solid ${AMBER};background:rgba(201,138,11,.14);border-radius:4px;padding:.35em .7em;margin:.35em 0`;
const QUIET = "opacity:.75;font-size:.92em";
const CODE = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.92em";

/** @returns One self-contained `div`. */
export function cardHTML(
  result: ExerciseResult,
  { hints = [], hintsShown = 0, live = false }: CardOptions = {},
): string {
  const color = STATUS_COLOR[result.status];
  const shown: Shown = { explanations: new Set(), plots: new Set() };
  const body = [
    header(result, color),
    result.warning ? `<div style="${WARNING}">⚠ ${escapeHTML(result.warning)}</div>` : "",
    live ? staleLine(WARNING) : "",
    lead(result),
    `<ul style="list-style:none;margin:0;padding:0">${result.checks.map((check) => checkItem(check, shown)).join("")}</ul>`,
    manualPart(result),
    result.output ? fold("What your code printed", pre(result.output)) : "",
    result.status === "passed" ? "" : hintChain(hints, hintsShown),
  ];
  return box(`Result of ${result.exercise}`, color, body.join(""));
}

function header(
  { exercise, title, status, points, maxPoints, manual }: ExerciseResult,
  color: string,
): string {
  const { sign, word } = STATUS[status];
  const best = maxPoints - (manual?.maxPoints ?? 0);
  const earned =
    status === "unsolved" ? plural(best, "point") : `${pointsText(points)} of ${plural(best, "point")}`;
  return (
    `<div style="display:flex;flex-wrap:wrap;gap:.2em .8em;align-items:baseline;margin-bottom:.4em">` +
    `<span style="font-weight:700;white-space:nowrap"><span aria-hidden="true" style="color:${color}">${sign}</span> ${word}</span>` +
    `<span style="font-weight:600;flex:1 1 12em">${escapeHTML(exercise)} · ${renderMarkdown(title, { math: "mathml", inline: true })}</span>` +
    `<span style="white-space:nowrap">${earned}</span></div>`
  );
}

function lead({ status, warning }: ExerciseResult): string {
  const text = {
    passed: warning === undefined ? "All checks pass. Well done." : "All checks pass, for what has run.",
    partial: "",
    failed: "",
    unsolved:
      "Not solved yet: write your answer in the cell above, run it, then run this cell again. These will be checked:",
  }[status];
  return text === "" ? "" : `<div style="margin-bottom:.4em">${text}</div>`;
}

/** What an earlier check of the same card has already said. */
interface Shown {
  readonly explanations: Set<string>;
  readonly plots: Set<string>;
}

function checkItem(check: CheckResult, shown: Shown): string {
  const { name, status, points, earned, failure, found } = check;
  const mark = `<span aria-hidden="true" style="color:${CHECK_COLOR[status]};font-weight:700">${CHECK_SIGN[status]}</span>`;
  const word =
    status === "unsolved"
      ? ""
      : `<span style="position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)">${status}: </span>`;
  const score =
    status === "unsolved" ? plural(points, "point") : `${pointsText(earned)}/${pointsText(points)}`;
  const line =
    `<div style="display:flex;gap:.55em;align-items:baseline">${mark}<span style="flex:1">${word}${renderMarkdown(name, { math: "mathml", inline: true })}</span>` +
    `<span style="${QUIET};white-space:nowrap">${score}</span></div>`;
  const measured =
    found === undefined ? "" : `<div style="margin-left:1.5em;${QUIET}">${escapeHTML(found)}</div>`;
  const detail = failure && status !== "unsolved" ? failureDetail(failure, status, shown) : measured;
  return `<li style="margin:.25em 0;padding:0;position:relative">${line}${detail}</li>`;
}

function failureDetail(failure: Failure, status: CheckResult["status"], shown: Shown): string {
  if (status === "skipped") {
    const again = shown.explanations.has(failure.message);
    shown.explanations.add(failure.message);
    const why = again ? "not run, for the same reason" : `not run: ${escapeHTML(failure.message)}`;
    return `<div style="margin-left:1.5em;${QUIET}">${why}</div>`;
  }
  const rows = [
    ["on", inputBeside(failure)],
    ["expected", failure.expected],
    ["got", failure.got],
  ].filter((row): row is [string, string] => row[1] !== undefined);
  const table = rows
    .map(
      ([head, value]) =>
        `<div style="${QUIET}">${head}</div><div style="${CODE};overflow-wrap:anywhere;white-space:pre-wrap">${escapeHTML(value)}</div>`,
    )
    .join("");
  const facts =
    table &&
    `<div style="display:grid;grid-template-columns:max-content 1fr;gap:.05em .8em;margin:.2em 0">${table}</div>`;
  const trace = failure.trace ? pre(failure.trace) : "";
  return `<div style="margin:.15em 0 .5em 1.5em"><div>${escapeHTML(failure.message)}</div>${trace}${facts}${adviceBoxes(failure, shown)}${picture(failure, shown)}</div>`;
}

function adviceBoxes(failure: Failure, shown: Shown): string {
  const said = advice(failure);
  const fresh = said.filter(({ text }) => !shown.explanations.has(text));
  for (const { text } of fresh) shown.explanations.add(text);
  if (fresh.length === 0)
    return said.length > 0 ? `<div style="${QUIET}">The cause is the one named above.</div>` : "";
  return fresh
    .map(
      ({ title, text }) =>
        `<div style="background:${FAINT};border-radius:4px;padding:.45em .7em;margin:.35em 0"><div style="font-weight:600;font-size:.92em">${title}</div>${cardMarkdown(text)}</div>`,
    )
    .join("");
}

function picture({ plot }: Failure, shown: Shown): string {
  if (!plot) return "";
  const { url, words = "" } = stillPlot(plot, { width: 480, height: 260 }) ?? {};
  if (url === undefined || shown.plots.has(url)) return "";
  shown.plots.add(url);
  return `<img src="${url}" alt="${escapeHTML(words)}" tabindex="0" width="480" height="260" style="display:block;max-width:100%;height:auto;border-radius:4px;margin:.4em 0">`;
}

function manualPart({ manual }: ExerciseResult): string {
  if (!manual) return "";
  const criteria = manual.criteria.map(
    ({ points, text }) =>
      `<li>${plural(points, "point")}: ${renderMarkdown(text, { math: "mathml", inline: true })}</li>`,
  );
  const missing =
    manual.missing === undefined ? "" : `<div>No text has come: ${escapeHTML(manual.missing)}</div>`;
  return `<div style="margin:.5em 0"><div>${plural(manual.maxPoints, "more point")} will be given by a person, for:</div><ul style="margin:.2em 0">${criteria.join("")}</ul>${missing}</div>`;
}

/** Each hint is inside the one before: to see the second, the first has to be read. */
function hintChain(hints: readonly string[], open: number): string {
  return hints.reduceRight((inner, hint, i) => {
    const title =
      i === 0 ? "Show a hint" : i === hints.length - 1 ? "Show the last hint" : "Show the next hint";
    return fold(title, `<div style="margin:.2em 0 .2em 1em">${cardMarkdown(hint)}${inner}</div>`, i < open);
  }, "");
}

const pre = (text: string): string =>
  `<pre style="${CODE};background:${FAINT};border-radius:4px;padding:.5em .7em;margin:.3em 0;max-height:18em;overflow:auto;white-space:pre-wrap;color:inherit">${escapeHTML(text)}</pre>`;
