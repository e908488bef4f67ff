import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HOSTILE } from "../report/result.fixture.ts";
import { type Reviewed, reviewOf } from "./review.fixture.ts";
import { type ReviewServer, serveReview } from "./server.ts";

let reviewed: Reviewed;
let server: ReviewServer;
beforeAll(async () => {
  reviewed = await reviewOf({
    ada: HOSTILE,
    bob: `$x$ ${"y ".repeat(20_000)}`,
    cyd: "[a](http://evil.example) ![b](http://evil.example/b.png)\n\n[c]: http://evil.example",
  });
  server = await serveReview(reviewed.desk, { title: "Review", anonymous: false, again: "npm run grade" });
});
afterAll(async () => {
  await server?.close();
  await reviewed?.remove();
});

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** As anybody may ask, with any headers: fetch would not let a Host be named. */
function ask(path: string, headers: Record<string, string> = {}, body?: string): Promise<Reply> {
  const url = new URL(path, server.address);
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: url.hostname,
        port: url.port,
        path: path.startsWith("/") ? path : url.pathname,
        headers,
        method: body === undefined ? "GET" : "POST",
      },
      async (response) => {
        let text = "";
        for await (const part of response.setEncoding("utf8")) text += part;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });
}
const origin = () => new URL(server.address).origin;
const json = (more: Record<string, string> = {}) => ({
  "Content-Type": "application/json",
  Origin: origin(),
  ...more,
});
const change = JSON.stringify({ check: "", points: 1, remark: "", version: "?" });

test("the page, its scripts and its fonts are there, with a policy that lets nothing else in", async () => {
  const page = await ask("");
  expect([page.status, page.text]).toEqual([200, expect.stringContaining("assets/review.js")]);
  expect(page.headers["content-security-policy"]).toMatch(/default-src 'none'; script-src 'self';/);
  expect(page.headers["access-control-allow-origin"]).toBeUndefined();
  for (const path of [
    "assets/review.js",
    "assets/entry.js",
    "assets/review.css",
    "assets/report.css",
    "assets/katex/katex.min.css",
  ])
    expect([path, (await ask(path)).status]).toEqual([path, 200]);
  const first = await ask("answers");
  expect(JSON.parse(first.text).answers).toHaveLength(3);
  expect((await ask("answers", { "If-None-Match": String(first.headers.etag) })).status).toBe(304);
});

test.each([
  ["without the secret", () => ["/", {}], 404],
  ["with another secret of its length", () => [`/${"A".repeat(32)}/answers`, {}], 404],
  [
    "under another name, as a page that rebinds its own to this machine",
    () => ["answers", { Host: "evil.example" }],
    403,
  ],
  ["from another page", () => ["answers", { Origin: "http://evil.example" }], 403],
  ["from another port of this machine", () => ["answers", { Origin: "http://127.0.0.1:1" }], 403],
  ["as a picture in another page", () => ["answers", { "Sec-Fetch-Site": "cross-site" }], 403],
  ["a file of the disk", () => ["assets/../server.ts", {}], 404],
  ["a file of the disk, in disguise", () => ["assets/%2e%2e/server.ts", {}], 404],
] satisfies [string, () => [string, Record<string, string>], number][])(
  "refused: %s",
  async (_what, how, status) => {
    const [path, headers] = how();
    expect((await ask(path, headers)).status).toBe(status);
  },
);

test.each([
  ["a form of another page, without an origin", () => ({ "Content-Type": "application/json" }), change, 403],
  ["from another page", () => json({ Origin: "http://evil.example" }), change, 403],
  [
    "what a form can send without being asked first",
    () => json({ "Content-Type": "text/plain" }),
    change,
    415,
  ],
  ["no JSON", () => json(), "{", 404],
  ["JSON of another kind", () => json(), "null", 404],
  ["points that are a text", () => json(), change.replace(":1,", ':"1",'), 404],
  ["more than can be had", () => json(), change.replace(":1,", ":4,"), 422],
  ["a remark without an end", () => json(), JSON.stringify({ remark: "x".repeat(70_000) }), 413],
  ["from an earlier state", () => json(), change, 409],
])("nothing is saved: %s", async (_what, headers, body, status) => {
  expect((await ask("answers/0", headers(), body)).status).toBe(status);
  expect((await reviewed.desk.list()).answers.map(({ text }) => text)).toEqual(["waits", "waits", "waits"]);
});

test("nothing that a learner wrote is markup, a link, a picture or a control; what is large is shown as it is", async () => {
  const [ada, bob, cyd] = await Promise.all(
    [0, 1, 2].map(async (id) => JSON.parse((await ask(`answers/${id}`)).text).html as string),
  );
  const found = (pattern: RegExp) => [ada, cyd].flatMap((html) => html?.match(pattern) ?? []);
  expect(found(/<(?:script|a|iframe)\b/gi)).toEqual([]);
  expect(found(/<img(?! src="data:image\/svg\+xml;base64,)/g)).toEqual([]);
  expect(found(/<[^>]*\son\w+\s*=/g)).toEqual([]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them.
  expect(found(/[\u0000\u001b\u202e\u0085]/g)).toEqual([]);
  expect(cyd).toContain("[a](http://evil.example)");
  expect(cyd).toContain("[c]: http://evil.example");
  expect(bob).not.toContain('data-as="set"');
  expect(bob).toContain("$x$ y y");
});
