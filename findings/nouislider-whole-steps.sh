#!/usr/bin/env bash
# nouislider 15.4.0 (npm), the slider of ipywidgets 8: a slider of whole steps answers 5 with 5.000000000000001.
#
# noUiSlider keeps a handle's place as a percentage of its range and turns it back into a value without going to the nearest step.
# So a slider from 0 to 60 in steps of 1, with a `format` that leaves numbers as they are, gives a number that is no whole one in 21 of
# its 61 places, whether a program or a person has put the handle there. The usual `format` hides it by two decimals; ipywidgets sets
# one of its own, and its FloatSlider sends the number to the kernel as it is.
#
# Matters to a notebook that looks something up by a slider's value: `frames[value]` finds nothing in those places, while the label
# beside the slider says 5.
#
# Seen with nouislider 15.4.0, jsdom 26.1.0 and Node.js 24.21.0 on Linux:
#   places that are no whole numbers: 21 of 61; the first: 5 -> 5.000000000000001
#
# Prints what it saw; exit code 0 as long as it behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent nouislider@15.4.0 jsdom@26.1.0 >/dev/null
cat >places.mjs <<'JS'
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<div></div>");
Object.assign(globalThis, {
  window,
  document: window.document,
  getComputedStyle: window.getComputedStyle,
});
const { default: noUiSlider } = await import("nouislider");
const slider = noUiSlider.create(window.document.querySelector("div"), {
  start: 0,
  step: 1,
  range: { min: 0, max: 60 },
  format: { from: Number, to: (value) => value },
});
const others = [];
for (let place = 0; place <= 60; place++) {
  slider.set(place);
  if (slider.get() !== place) others.push(`${place} -> ${slider.get()}`);
}
console.log(`places that are no whole numbers: ${others.length} of 61; the first: ${others[0]}`);
process.exit(others.length > 0 ? 0 : 1);
JS
node places.mjs
