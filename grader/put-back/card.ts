/**
 * The card of `reset`: the exercise as it was handed out, to be put into its cell.
 *
 * A kernel cannot change the document that is open in the page, and what it wrote into the file would be overwritten by the next
 * save. So the page does it, when its reader presses the button: in JupyterLab as an edit that Ctrl+Z takes back, and only if what
 * stands there has been kept. Elsewhere the button copies.
 */

import { createHash, randomBytes } from "node:crypto";
import { escapeHTML } from "../report/escape.ts";
import type { Written } from "./written.ts";

export interface PutBack {
  readonly id: string;
  readonly stub: string;
  readonly written: readonly Written[];
  /** The file that keeps what was written; undefined if nothing is known of any. */
  readonly kept: string | undefined;
  /** Why it could not be kept. */
  readonly lost?: string;
}

export function putBackText({ id, stub, written, kept, lost }: PutBack): string {
  return [
    `○ ${id} as it was handed out. Put this into its cell, and run that:`,
    "",
    stub.replace(/^(?=.)/gm, "    "),
    "",
    aboutWritten({ written, kept, lost }),
    ...(lost === undefined
      ? []
      : written.map(({ text, from }) => `\n${from}:\n\n${text.replace(/^(?=.)/gm, "    ")}`)),
  ].join("\n");
}

export function putBackHTML(card: PutBack): string {
  const { id, stub, written, lost } = card;
  const name = `flowlab-reset-${randomBytes(6).toString("hex")}`;
  const known = [...written.map(({ text }) => text), stub].map(fingerprint);
  const told = { name, id, stub, known: lost === undefined ? known : [fingerprint(stub)] };
  const pre = (code: string) =>
    `<pre style="margin:.4em 0;padding:.5em .8em;background:rgba(128,136,148,.13);border-radius:4px;overflow:auto">${escapeHTML(code)}</pre>`;
  const button = (label: string, action: string) =>
    `<button type="button" data-do="${action}" style="display:none;margin-right:.6em;padding:.25em .9em">${label}</button>`;
  const old = written.map(({ text, from }) => `<div>${escapeHTML(from)}</div>${pre(text)}`).join("");
  return `<div id="${name}" role="group" aria-label="Exercise ${escapeHTML(id)} put back" style="border:1px solid rgba(128,136,148,.35);border-left:4px solid #8b919b;border-radius:6px;padding:.7em 1em;max-width:860px;font-size:14px"><div><b>○ ${escapeHTML(id)}</b> as it was handed out. Put it into its cell, and run that.</div>${pre(stub)}<div>${button("Put it back", "put")}${button("Copy", "copy")}<span role="status" data-said></span></div><div style="margin-top:.5em">${escapeHTML(aboutWritten(card))}</div>${old ? `<details style="margin-top:.3em"><summary>What you had written</summary>${old}</details>` : ""}</div><script>(${wire})(${JSON.stringify(told).replaceAll("<", "\\u003c")})</script>`;
}

function aboutWritten({
  written,
  kept,
  lost,
}: Pick<PutBack, "written" | "kept"> & { lost?: string | undefined }): string {
  if (lost !== undefined)
    return `What you had written could not be kept in a file (${lost}): it stands here.`;
  if (kept !== undefined) return `What you had written is kept in ${kept}.`;
  return written.length === 0
    ? "Nothing else of yours is known here: what was not saved and not run stays in its cell."
    : "";
}

/** As the page computes it of what stands in a cell. */
export const fingerprint = (text: string): string => createHash("sha256").update(text.trim()).digest("hex");

/** Runs in the page. As text, because the page's types are not this program's. */
const wire = `function ({ name, id, stub, known }) {
  const card = document.getElementById(name);
  if (!card) return;
  const say = (text) => { card.querySelector("[data-said]").textContent = text; };
  const button = (action) => card.querySelector('[data-do="' + action + '"]');
  const copy = button("copy");
  if (navigator.clipboard) {
    copy.style.display = "";
    copy.onclick = () => navigator.clipboard.writeText(stub).then(
      () => say("Copied: choose the exercise's cell, select all of it, paste."),
      () => say("The browser does not allow it: select the text above and copy it."));
  }
  const panel = () => window.jupyterapp?.shell.currentWidget?.content;
  const cells = () => (panel()?.model ? [...panel().model.cells] : []).filter((cell) => {
    const mark = cell.getMetadata("flowlab");
    return mark?.exercise === id && mark.role === "solution";
  });
  const fingerprint = async (text) => {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text.trim()));
    return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  if (!window.jupyterapp || !crypto.subtle) return;
  const put = button("put");
  put.style.display = "";
  put.onclick = async () => {
    const found = cells();
    if (found.length !== 1) return say(found.length === 0 ? "This notebook has no cell of that exercise: copy it into one." : "This exercise has several cells here: copy it into the one that you want.");
    const now = found[0].sharedModel.getSource();
    if (!known.includes(await fingerprint(now))) return say("The cell has been edited since it was saved and run. Save the notebook, run the reset again, and what stands there is kept, too.");
    if (found[0].sharedModel.getSource() !== now) return;
    found[0].sharedModel.setSource(stub);
    say("Done. Run the cell; Ctrl+Z in it brings back what stood there.");
  };
}`;
