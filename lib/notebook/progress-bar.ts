import { palette } from "../figure/palette.ts";
import { aNumber, aText, checkKind, demand } from "../ground/arguments/kinds.ts";
import { notebookHost } from "../ground/notebook/notebook-host.ts";
import { escapeHtml } from "../ground/notebook/rich.ts";
import { liveDisplay } from "./display.ts";
import { html } from "./html.ts";
import { onInterrupt } from "./interrupt.ts";

/** A bar that fills as work gets done. */
export interface ProgressBar {
  /** `count` of the total is done; `text` says more. Cheap to call often: at most ten updates a second are shown. */
  update(count: number, text?: string): void;
  /** Fills the bar, or says where it stopped, and shows how long it took. */
  finish(text?: string): void;
}

/** Between two updates that are shown, in milliseconds. */
export const updateInterval = 100;

/** What a bar shows at one moment. */
export interface ProgressState {
  readonly label: string;
  readonly count: number;
  readonly total: number;
  readonly text: string;
  /** Seconds since the start. */
  readonly elapsed: number;
  readonly finished: boolean;
}

/**
 * A progress bar in the notebook or the terminal, with the time that is left. If the cell is interrupted, it says so.
 *
 * @param label What stands beside the bar.
 * @param total How many steps there will be.
 * @throws RangeError if `total` is not a positive number.
 */
export function progressBar(label: string, total: number): ProgressBar {
  checkKind("progressBar", "label", label, demand(aText));
  if (!(total > 0 && Number.isFinite(total)))
    throw new RangeError(`progressBar: expected total as a positive number; got ${total}`);
  const live = liveDisplay();
  const start = performance.now();
  const redraws = notebookHost() !== undefined || process.stdout.isTTY === true;
  let state: ProgressState = { label, count: 0, total, text: "", elapsed: 0, finished: false };
  let shownAt = Number.NEGATIVE_INFINITY;
  const show = () => {
    shownAt = performance.now();
    live.update(html(progressHtml(state), progressText(state)));
  };
  const update = (count: number, text = state.text) => {
    checkKind("update", "count", count, demand(aNumber));
    checkKind("update", "text", text, aText);
    const now = performance.now();
    state = { ...state, count: Math.min(Math.max(count, 0), total), text, elapsed: (now - start) / 1000 };
    if (redraws && !state.finished && now - shownAt >= updateInterval) show();
  };
  const finish = (text = state.text) => {
    if (state.finished) return;
    unwatch();
    state = { ...state, text, elapsed: (performance.now() - start) / 1000, finished: true };
    show();
  };
  const unwatch = onInterrupt(() => finish([state.text, "interrupted"].filter(Boolean).join(" · ")));
  if (redraws) show();
  return { update, finish };
}

/** The bar as HTML; it takes the notebook's own text colour, so it reads in light and dark. */
export function progressHtml(state: ProgressState): string {
  const share = 100 * done(state);
  const color = !state.finished
    ? palette.neutral
    : state.count === state.total
      ? palette.accent
      : palette.guide;
  const track =
    "flex:1 1 160px;max-width:320px;height:8px;border-radius:4px;background:rgba(128,128,128,.25);overflow:hidden";
  return (
    `<div role="progressbar" aria-valuenow="${Math.round(share)}" aria-valuemin="0" aria-valuemax="100" ` +
    'style="display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px;font:13px/1.6 system-ui,sans-serif">' +
    `<span style="font-weight:600">${escapeHtml(state.label)}</span>` +
    `<span style="${track}"><span style="display:block;width:${share.toFixed(1)}%;height:100%;background:${color}"></span></span>` +
    `<span style="font-variant-numeric:tabular-nums;opacity:.8">${escapeHtml(facts(state))}</span></div>`
  );
}

/** The bar as one line of text. */
export function progressText(state: ProgressState): string {
  const filled = Math.round(20 * done(state));
  return `${state.label} [${"█".repeat(filled)}${"·".repeat(20 - filled)}] ${facts(state)}`;
}

/** What is done of all that is to do, from 0 to 1: a loop may count further than it said. */
const done = ({ count, total }: ProgressState): number => Math.min(1, Math.max(0, count / total));

function facts(state: ProgressState): string {
  const { count, total, text, elapsed, finished } = state;
  const left = (elapsed * (total - count)) / count;
  const time = finished
    ? `in ${duration(elapsed)}`
    : count > 0 && Number.isFinite(left)
      ? `${duration(left)} left`
      : "";
  const counts = `${count.toLocaleString("en")} / ${total.toLocaleString("en")}`;
  return [counts, text, time].filter((part) => part !== "").join(" · ");
}

/** Seconds as people say them: "0.4 s", "12 s", "3 min 20 s". */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.round((whole % 3600) / 60)} min`;
}
