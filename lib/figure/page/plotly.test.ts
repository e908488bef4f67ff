import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { hostKey } from "../../ground/notebook/notebook-host.ts";
import { jupyterDisplay } from "../../ground/notebook/rich.ts";
import { liveDisplay } from "../../notebook/display.ts";
import { figure } from "../figure.ts";
import { plotlyCarrier, plotlyFile } from "./plotly.ts";

const globals = globalThis as Record<symbol, unknown>;
afterEach(() => {
  delete globals[hostKey];
});

/** A notebook of our own: runs "cells" by id and says whether an output carries plotly.js. */
function notebook() {
  const published: Record<string, unknown>[] = [];
  const host = {
    cellId: undefined as string | undefined,
    executionCount: 0,
    display: (data: Record<string, unknown>) => void published.push(data),
  };
  globals[hostKey] = host;
  const run = (cellId: string | undefined) => {
    host.cellId = cellId;
    host.executionCount += 1;
  };
  const carries = (description: string) => {
    const bundle = figure([{ y: [1, 2] }], {}, { description })[jupyterDisplay]();
    return `${bundle["text/html"]}`.length > 1e6;
  };
  return { run, carries, published };
}

test("the carrier holds plotly.js, whole, in less than 3 MB", () => {
  const packed = /atob\("([^"]+)"\)/.exec(plotlyCarrier())?.[1] ?? "";
  expect(gunzipSync(Buffer.from(packed, "base64")).equals(readFileSync(plotlyFile()))).toBe(true);
  expect(plotlyCarrier().length).toBeLessThan(3e6);
});

test("a notebook carries plotly.js once, and again only when the carrying cell runs again", () => {
  const { run, carries } = notebook();
  run("one");
  expect([carries("a"), carries("b")]).toEqual([true, false]);
  run("two");
  expect(carries("c")).toBe(false);
  run("one");
  expect([carries("a"), carries("b")]).toEqual([true, false]);
  run("two");
  expect(carries("c")).toBe(false);
});

test("a new kernel starts afresh", () => {
  const first = notebook();
  first.run("one");
  expect(first.carries("a")).toBe(true);
  const second = notebook();
  second.run("two");
  expect(second.carries("b")).toBe(true);
});

test("without cell ids, the same subject in a later execution counts as the cell run again", () => {
  const { run, carries } = notebook();
  run(undefined);
  expect([carries("a"), carries("a")]).toEqual([true, false]);
  run(undefined);
  expect([carries("b"), carries("a")]).toEqual([false, true]);
});

test("a live figure leaves the carrier in an output of its own, which no update replaces", () => {
  const { run, published } = notebook();
  run("one");
  const live = liveDisplay(figure([{ y: [1] }]));
  live.update(figure([{ y: [2] }]));
  const sizes = published.map((data) => `${data["text/html"]}`.length > 1e6);
  expect(sizes).toEqual([true, false, false]);
});

test("the HTML that a user asks for stands alone, and does not count as the notebook's copy", () => {
  const { run, carries } = notebook();
  run("one");
  expect(figure([{ y: [1] }]).toHTML().length).toBeGreaterThan(1e6);
  expect(carries("a")).toBe(true);
});
