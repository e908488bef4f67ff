#!/usr/bin/env bash
# plotly.js-dist 4.1.1 (npm): a legend above the plot that was drawn in a narrow window lies in the plot once the window is wide.
#
# A legend with `orientation: "h"` and `yanchor: "bottom"` breaks into rows where the figure is narrow. After `Plots.resize`, or by
# `responsive: true`, in a wide window its items stand in one row, as in a figure that is drawn there anew, but where the last of the
# former rows ended: over the curves instead of above them. A second `Plots.resize` changes nothing; `Plotly.redraw` puts it right.
#
# Matters to figures in notebooks: JupyterLab draws them in whatever width its panels leave, and the reader then closes a panel.
#
# Seen with plotly.js-dist 4.1.1, playwright-core 1.65.1, Chromium and Node.js 24.21.0 on Linux (pixels from the top of the figure):
#   drawn at 1200: 1 row, legend ends at 41, plot begins at 47
#   drawn at 320, widened to 1200: 1 row, legend ends at 98, plot begins at 50
#   redrawn then: 1 row, legend ends at 41, plot begins at 50
#
# Needs Chromium: CHROMIUM=/path/to/it, /usr/bin/chromium if not given. Prints what it saw; exit code 0 as long as it behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent plotly.js-dist@4.1.1 playwright-core@1.65.1 >/dev/null
cat >legend.mjs <<'JS'
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1200, height: 600 } });
const plotly = readFileSync("node_modules/plotly.js-dist/plotly.js", "utf8");
const setWidth = (width) => page.setViewportSize({ width, height: 600 });

async function draw(width) {
  await setWidth(width);
  await page.setContent('<body style="margin: 0"><div id="figure"></div></body>');
  await page.addScriptTag({ content: plotly });
  await page.evaluate(() => {
    const names = ["training data", "held-out data", "base distribution", "flow after training"];
    const curves = names.map((name, i) => ({ name, x: [0, 1, 2], y: [i, i + 2, i + 1] }));
    const legend = { orientation: "h", x: 0, xanchor: "left", y: 1.02, yanchor: "bottom" };
    return Plotly.newPlot("figure", curves, { height: 420, margin: { t: 40 }, legend }, { responsive: true });
  });
}

async function seen(what) {
  const places = await page.evaluate(() => {
    const box = (node) => node.getBoundingClientRect();
    const items = [...document.querySelectorAll(".legend .traces")].map((node) => Math.round(box(node).top));
    return {
      rows: new Set(items).size,
      end: Math.round(box(document.querySelector(".legend")).bottom),
      plot: Math.round(box(document.querySelector(".nsewdrag")).top),
    };
  });
  const { rows, end, plot } = places;
  console.log(`${what}: ${rows} row${rows === 1 ? "" : "s"}, legend ends at ${end}, plot begins at ${plot}`);
  return places;
}

await draw(1200);
const wide = await seen("drawn at 1200");
await draw(320);
await setWidth(1200);
for (let i = 0; i < 2; i++) {
  await page.evaluate(() => Plotly.Plots.resize("figure"));
  await page.waitForTimeout(500);
}
const widened = await seen("drawn at 320, widened to 1200");
await page.evaluate(() => Plotly.redraw("figure"));
const redrawn = await seen("redrawn then");
await browser.close();
const isAbove = ({ end, plot }) => end <= plot;
const asSeen = [wide, widened, redrawn].every(({ rows }) => rows === 1);
process.exitCode = asSeen && isAbove(wide) && !isAbove(widened) && isAbove(redrawn) ? 0 : 1;
JS
node legend.mjs
