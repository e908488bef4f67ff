import { afterEach, describe, expect, test, vi } from "vitest";
import { detectSandbox } from "./detect.ts";
import { TIERS } from "./launch.ts";
import { profile } from "./tiers/sandbox-exec.ts";

afterEach(() => vi.unstubAllEnvs());

describe("detectSandbox", () => {
  test("names the best tier that works and why the better ones do not", async () => {
    const found = await detectSandbox("");
    expect(found.better.map(({ tier }) => tier)).toEqual(TIERS.slice(0, TIERS.indexOf(found.tier)));
    for (const one of found.better) expect(one.reason).not.toBe("");
    expect(found.reason).toContain(found.tier === "none" ? "no boundary" : found.tier);
  });

  test("takes the tier that FLOWLAB_SANDBOX names", async () => {
    vi.stubEnv("FLOWLAB_SANDBOX", "none");
    expect((await detectSandbox()).tier).toBe("none");
  });

  test("refuses a tier that it does not know or cannot have, instead of a worse one", async () => {
    await expect(detectSandbox("jail")).rejects.toThrow(
      '"jail" is no sandbox; known: bubblewrap, unshare, sandbox-exec, none',
    );
    const foreign = process.platform === "darwin" ? "bubblewrap" : "sandbox-exec";
    await expect(detectSandbox(foreign)).rejects.toThrow(
      `the sandbox ${foreign} was asked for and cannot be had: only`,
    );
  });
});

test("the profile for macOS quotes paths as strings", () => {
  const text = profile({ node: '/a "b"/node', nodeModules: "/c\\d", flowlab: "/lib", grader: "/grader" });
  expect(text).toContain('(literal "/a \\"b\\"/node")');
  expect(text).toContain('(subpath "/c\\\\d")');
  expect(text).not.toContain('(subpath "/grader")');
});
