import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { chain } from "../../bijections/composition/chain.ts";
import { affine } from "../../bijections/elementwise/affine.ts";
import { toyDensities } from "../../data/toy/toy-densities.ts";
import { hostKey } from "../../ground/notebook/notebook-host.ts";
import { jupyterDisplay } from "../../ground/notebook/rich.ts";
import { compareFigure } from "../curves/compare.ts";
import { lineFigure } from "../curves/line.ts";
import { lossCurveFigure } from "../curves/loss-curve.ts";
import { type Figure, figure } from "../figure.ts";
import { imageGridFigure } from "../images/image-grid.ts";
import { plotlyCarrier } from "../page/plotly.ts";
import { density2dFigure } from "../plane/density-2d.ts";
import { flowLayersFigure } from "../plane/flow-layers.ts";
import { jacobianFigure } from "../plane/jacobian.ts";
import { samples2dFigure } from "../plane/samples-2d.ts";
import { warpedGridFigure } from "../plane/warped-grid.ts";
import { changeOfVariablesFigure } from "../scalar/change-of-variables.ts";
import { deformationFigure } from "../scalar/deformation.ts";
import { densityFitFigure } from "../scalar/density-fit.ts";
import { normalizingFigure } from "../scalar/normalizing.ts";
import { samplePushFigure } from "../scalar/sample-push.ts";
import { inBrowser, launchBrowser } from "./browser.fixture.ts";

// A page on an origin of its own, answered by the test: the Cache API needs a secure context, which localhost is.
const origin = "http://localhost:9";
const forward = (z: number) => 0.4 * z + 1.6 * Math.tanh(1.5 * (z - 0.4));
const planeFigures = [
  density2dFigure({ logProb: (points) => points.map(toyDensities.twoMoons.logProb), title: "Two moons" }),
  samples2dFigure({ samples: [[0, 1] as const, [2, 1], [1, 3]], title: "Samples" }),
  flowLayersFigure({ bijection: chain([affine(), affine()]), between: 2 }),
  warpedGridFigure({ map: (points) => points.map(([a = 0, b = 0]) => [a, b + Math.sin(a)]) }),
  jacobianFigure({
    matrix: [
      [1, 0],
      [-0.5, 2],
    ],
  }),
  imageGridFigure({ images: [[[[0], [1]]], [[[1], [0.5]]]], headings: ["first", "second"] }),
];
const globals = globalThis as Record<symbol, unknown>;

/** HTML outputs of a notebook whose cells show one figure each. */
function outputs(...figures: Figure[]): string[] {
  let executionCount = 0;
  globals[hostKey] = {
    get cellId() {
      return `cell-${executionCount}`;
    },
    get executionCount() {
      return executionCount;
    },
    display() {},
  };
  const shown = figures.map((fig) => {
    executionCount += 1;
    return `${fig[jupyterDisplay]()["text/html"]}`;
  });
  delete globals[hostKey];
  return shown;
}

/** Adds outputs as JupyterLab does: by innerHTML, which runs no script, then each script by a fresh copy. */
async function insert(page: Page, htmls: readonly string[]): Promise<void> {
  for (const html of htmls) {
    await page.evaluate((source) => {
      const { document } = globalThis as unknown as { document: PageDocument };
      const output = document.createElement("div");
      document.body.appendChild(output);
      output.innerHTML = source;
      for (const old of Array.from(output.querySelectorAll("script"))) {
        const script = document.createElement("script");
        for (const { name, value } of Array.from(old.attributes)) script.setAttribute(name, value);
        script.textContent = old.textContent;
        old.replaceWith(script);
      }
    }, html);
  }
}

/** What the tests touch of the page; this project's TypeScript has no DOM library. */
interface PageElement {
  innerHTML: string;
  textContent: string;
  attributes: Iterable<{ name: string; value: string }>;
  setAttribute(name: string, value: string): void;
  appendChild(child: PageElement): void;
  replaceWith(other: PageElement): void;
  querySelectorAll(selector: string): Iterable<PageElement>;
}
interface PageDocument {
  body: PageElement;
  createElement(name: string): PageElement;
}

const drawn = (page: Page) => page.locator("[data-flowlab-state=drawn] .js-plotly-plot .main-svg").first();
const curves = (page: Page) => page.locator(".js-plotly-plot .scatterlayer path.js-line");
const loads = (page: Page) => page.evaluate("window.flowlabPlotly.loads") as Promise<number>;

async function waitDrawn(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    `document.querySelectorAll("[data-flowlab-state=drawn] .js-plotly-plot .main-svg").length >= ${count}`,
    null,
    { timeout: 20_000 },
  );
}

inBrowser.describe("figures in a real browser", () => {
  let browser: Browser;
  const faults: string[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(faults.splice(0)).toEqual([]);
  });

  async function open(body: string, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 840, height: 700 }, ...options });
    const page = await context.newPage();
    await page.route("**/*", (route) =>
      route.request().url() === `${origin}/`
        ? route.fulfill({
            contentType: "text/html",
            body: `<!doctype html><meta charset="utf-8"><body>${body}`,
          })
        : route.abort(),
    );
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    await page.goto(`${origin}/`);
    return page;
  }

  const plain = (name: string) => figure([{ y: [1, 3, 2], name }], {}, { description: name });

  test("outputs in any order: all are drawn, plotly.js is loaded once", async () => {
    const page = await open("");
    const [first = "", second = "", third = ""] = outputs(plain("one"), plain("two"), plain("three"));
    await insert(page, [third, second]);
    expect(await page.locator("img[data-flowlab-still]").count()).toBe(2);
    expect(await page.locator(".js-plotly-plot").count()).toBe(0);
    await insert(page, [first, first]);
    await waitDrawn(page, 8);
    expect(await loads(page)).toBe(1);
    expect(await curves(page).count()).toBe(4);
    expect(await page.locator("img[data-flowlab-still]:visible").count()).toBe(0);
  });

  test("an exported page with RequireJS and another Plotly: ours is drawn, theirs is left alone", async () => {
    const theirs = `<script>window.define=function(){window.defined=true};define.amd={};
      window.module={exports:{}};window.Plotly={version:"theirs"}</script>`;
    const page = await open(theirs + outputs(plain("one"), plain("two")).join(""));
    await waitDrawn(page, 4);
    expect(await page.evaluate("[window.defined, window.Plotly.version]")).toEqual([undefined, "theirs"]);
    expect(await page.evaluate("Object.keys(window.module.exports).length")).toBe(0);
  });

  test("without the carrying output the browser's own copy is used", async () => {
    const [first = "", second = ""] = outputs(plain("one"), plain("two"));
    const page = await open(first);
    await waitDrawn(page, 2);
    await page.waitForFunction(
      "caches.open('flowlab').then(shelf => shelf.keys()).then(keys => keys.length === 1)",
    );
    const later = await page.context().newPage();
    await later.route("**/*", (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html><body>" }),
    );
    await later.goto(`${origin}/`);
    await insert(later, [second]);
    await waitDrawn(later, 2);
    expect(await loads(later)).toBe(1);
  });

  test("a figure that is hidden at first is drawn when it is shown", async () => {
    const page = await open(`<div id="tab" style="display:none">${plain("one").toHTML()}</div>`);
    await page.waitForFunction("window.flowlabPlotly.loads === 1");
    expect(await page.locator(".js-plotly-plot").count()).toBe(0);
    await page.evaluate("document.getElementById('tab').style.display = 'block'");
    await waitDrawn(page, 2);
    const box = await drawn(page).boundingBox();
    expect(box?.width).toBeGreaterThan(700);
  });

  test("the slider deforms the curve, and the density of z stays on the page", async () => {
    const fig = deformationFigure({ forward: (z, t) => (1 - t) * z + t * forward(z), bins: 6, steps: 6 });
    const page = await open(fig.toHTML());
    await waitDrawn(page, 2);
    const shapes = (panel: string) =>
      page
        .locator(`.js-plotly-plot .subplot.${panel} path.js-line`)
        .evaluateAll((paths) => paths.map((path) => path.getAttribute("d")));
    const [map, left, below] = [await shapes("xy"), await shapes("x2y"), await shapes("xy2")];
    const rail = await page.locator(".slider-rail-touch-rect").boundingBox();
    if (rail === null) throw new Error("no slider");
    await page.mouse.click(rail.x + rail.width - 4, rail.y + rail.height / 2);
    await page.waitForFunction("document.querySelector('.slider-label').textContent === 't = 1.00'");
    const changed = (before: unknown[], after: unknown[]) =>
      after.filter((shape, i) => shape !== before[i]).length;
    expect([map.length, left.length, below.length]).toEqual([8, 7, 7]);
    await expect.poll(async () => changed(map, await shapes("xy")), { timeout: 15_000 }).toBe(8);
    expect(changed(left, await shapes("x2y"))).toBe(7);
    expect(changed(below, await shapes("xy2"))).toBe(0);
    const labels = await page.locator(".js-plotly-plot .textpoint").allTextContents();
    expect(labels.slice(0, 6).sort()).toEqual(labels.slice(6).sort());
  });

  test("Play runs to the end by itself", async () => {
    const fig = deformationFigure({ forward: (z, t) => z * (1 + t), bins: 4, steps: 5 });
    const page = await open(fig.toHTML());
    await waitDrawn(page, 2);
    await page.locator(".updatemenu-button").first().click();
    await page.waitForFunction("document.querySelector('.slider-label').textContent === 't = 1.00'");
  });

  test("figures of the plane are drawn, with their pictures and equal units", async () => {
    const page = await open(outputs(...planeFigures).join(""));
    await waitDrawn(page, 2 * planeFigures.length);
    expect(await page.locator(".js-plotly-plot .heatmaplayer image").count()).toBe(3);
    expect(await page.locator(".js-plotly-plot .imagelayer image").count()).toBe(1);
    const plot = await page.locator(".js-plotly-plot").first().locator(".heatmaplayer image").boundingBox();
    expect(Math.abs((plot?.width ?? 0) - (plot?.height ?? 1))).toBeLessThan(2);
  });

  test("Play takes the points through every layer", async () => {
    const fig = flowLayersFigure({ bijection: chain([affine(), affine()]), points: [[1, 2]], between: 2 });
    const page = await open(fig.toHTML());
    await waitDrawn(page, 2);
    const label = () => page.locator(".slider-label").first().textContent();
    expect(await label()).toBe("z");
    await page.locator(".updatemenu-button").first().click();
    await expect.poll(label, { timeout: 15_000 }).toBe("after 2: affine");
  });

  test("Play moves the slider also after a click that ended while its picture was being drawn", async () => {
    const fig = flowLayersFigure({ bijection: chain([affine(), affine()]), points: [[1, 2]], between: 2 });
    const page = await open(fig.toHTML());
    await waitDrawn(page, 2);
    const label = () => page.locator(".slider-label").first().textContent();
    const rail = await page.locator(".slider-rail-touch-rect").boundingBox();
    if (rail === null) throw new Error("no slider");
    // The mouse goes up between plotly's new layout and the slider that is drawn from it.
    await page.evaluate(`{
      const plot = document.querySelector(".js-plotly-plot");
      const released = () => {
        plot.removeListener("plotly_transitioning", released);
        plot.dispatchEvent(new MouseEvent("mouseup"));
        plot.dataset.released = "yes";
      };
      plot.on("plotly_transitioning", released);
    }`);
    await page.mouse.move(rail.x + rail.width / 2, rail.y + rail.height / 2);
    await page.mouse.down();
    await page.locator(".js-plotly-plot[data-released]").waitFor();
    await page.mouse.up();
    expect(await label()).toBe("after 1: affine");
    await page.locator(".updatemenu-button").first().click();
    await expect.poll(label, { timeout: 15_000 }).toBe("after 2: affine");
  });

  test("pointing at a bin tells its mass", async () => {
    const page = await open(changeOfVariablesFigure({ forward: (z) => 2 * z, bins: 6 }).toHTML());
    await waitDrawn(page, 2);
    const panel = await page
      .locator(".js-plotly-plot .xy2 .plot, .js-plotly-plot .subplot.xy2")
      .first()
      .boundingBox();
    if (panel === null) throw new Error("no panel");
    await page.mouse.move(panel.x + panel.width * 0.58, panel.y + panel.height * 0.8, { steps: 4 });
    await page.locator(".hoverlayer .hovertext").first().waitFor();
    expect(await page.locator(".hoverlayer .hovertext").first().textContent()).toMatch(
      /z in \[0\.00, 1\.00\]: mass 0\.3413/,
    );
  });

  test("without scripts the pictures are there, all well-formed and inside their frame", async () => {
    const x = Array.from({ length: 50 }, (_, index) => index / 10);
    const all = [
      samplePushFigure({ forward, samples: [-1, 0, 1], title: "Sampling" }),
      changeOfVariablesFigure({ forward, title: "Change of variables" }),
      deformationFigure({ forward: (z, t) => z * (1 + t), steps: 3 }),
      normalizingFigure({ forward }),
      densityFitFigure({ data: x, model: (value) => value / 12.5 }),
      lossCurveFigure({ training: x, validation: [{ step: 20, loss: 2 }], optimum: 0 }),
      lineFigure({ series: [{ x, y: x.map(Math.sin) }], xTitle: "<i>x</i>", yTitle: "sin" }),
      compareFigure({ x, yours: x.map(Math.sin), expected: x.map(Math.cos), at: 1 }),
      ...planeFigures,
    ];
    const page = await open(all.map((fig) => fig.toHTML({ plotly: "page" })).join(""), {
      javaScriptEnabled: false,
    });
    const images = page.locator("img[data-flowlab-still]");
    expect(await images.count()).toBe(all.length);
    for (const image of await images.all()) expect((await image.boundingBox())?.width).toBeGreaterThan(700);

    const reader = await open(all.map((fig) => `<div class="svg">${fig.toSVG()}</div>`).join(""));
    for (const fig of all) {
      const fault = await reader.evaluate(
        `(new DOMParser().parseFromString(${JSON.stringify(fig.toSVG())}, "image/svg+xml").querySelector("parsererror") || {}).textContent`,
      );
      expect(fault).toBeUndefined();
    }
    const outside = await reader.evaluate(`[...document.querySelectorAll(".svg svg")].flatMap((svg) => {
      const frame = svg.getBoundingClientRect();
      return [...svg.querySelectorAll("text")].filter((text) => {
        const box = text.getBoundingClientRect();
        return box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom;
      }).map((text) => text.textContent);
    })`);
    expect(outside).toEqual([]);
  });

  test("a page that holds plotly.js once serves all figures of a report", async () => {
    const body =
      plotlyCarrier() + [plain("a"), plain("b")].map((fig) => fig.toHTML({ plotly: "page" })).join("");
    const page = await open(body);
    await waitDrawn(page, 4);
    expect(await loads(page)).toBe(1);
  });
});
