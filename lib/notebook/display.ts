import { randomUUID } from "node:crypto";
import { isFigure } from "../figure/figure.ts";
import { takeCarrier } from "../figure/page/plotly.ts";
import { type NotebookHost, notebookHost } from "../ground/notebook/notebook-host.ts";
import { type MimeBundle, mimeBundle } from "../ground/notebook/rich.ts";
import { terminalArea } from "./terminal.ts";

/**
 * Shows a value below the running cell, as its last expression would be shown. In a terminal it is printed.
 *
 * @returns A promise, since some values need time to say how they look; all others are shown before it returns.
 */
export async function display(value: unknown): Promise<void> {
  const bundle = mimeBundle(value);
  publish(bundle instanceof Promise ? await bundle : bundle);
}

function publish(bundle: MimeBundle): void {
  const host = notebookHost();
  if (host === undefined) console.log(plain(bundle));
  else host.display(bundle);
}

/** An output that can be replaced as often as one likes. */
export interface LiveDisplay {
  /** Replaces what is shown. */
  update(value: unknown): void;
}

/**
 * An output that changes in place: in a notebook by display updates, on a terminal by rewriting its lines. Where
 * output goes to a file or a pipe, every state is printed.
 *
 * @throws TypeError on a value whose picture takes time (a promise): show that by `display`.
 */
export function liveDisplay(first?: unknown): LiveDisplay {
  const host = notebookHost();
  const live = host === undefined ? terminalArea() : notebookArea(host);
  const update = (value: unknown) => {
    const bundle = mimeBundle(value);
    if (bundle instanceof Promise)
      throw new TypeError(
        "liveDisplay: expected a value that shows itself at once; got one that takes time: show it by display",
      );
    live(bundle);
  };
  const show = (value: unknown) => {
    if (host !== undefined && isFigure(value)) carryApart(host, value.description);
    update(value);
  };
  if (first !== undefined) show(first);
  return { update: show };
}

function notebookArea(host: NotebookHost): (bundle: MimeBundle) => void {
  const displayId = `flowlab-${randomUUID()}`;
  let shown = false;
  return (bundle) => {
    host.display(bundle, { displayId, update: shown });
    shown = true;
  };
}

/** plotly.js in an output of its own: inside an output that is replaced it would be lost with the first update. */
function carryApart(host: NotebookHost, subject: string): void {
  const carrier = takeCarrier(subject);
  if (carrier !== "") host.display({ "text/html": carrier, "text/plain": "" });
}

function plain(bundle: MimeBundle): string {
  return `${bundle["text/plain"] ?? bundle["text/markdown"] ?? `[${Object.keys(bundle).join(", ")}]`}`;
}
