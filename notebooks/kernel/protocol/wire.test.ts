import { expect, test } from "vitest";
import { createHeader, decode, encode, type Message } from "./wire.ts";

const message: Message = {
  identities: [Buffer.from("route"), Buffer.from("<IDS|MSG")],
  header: createHeader("execute_request", "session"),
  parent: {},
  metadata: { cellId: "ä" },
  content: { code: "1 + 1 // 𝒙" },
};

const toFrames = (key: string) => encode(message, key).map((frame) => Buffer.from(frame));

test("a message survives the way over the wire", () => {
  for (const key of ["secret", ""]) {
    const { identities, ...rest } = decode(toFrames(key), key);
    const { identities: sent, ...others } = message;
    expect(rest).toEqual(others);
    expect(identities.map(String)).toEqual(sent.map(String));
  }
});

test("a message that was changed or signed with another key is refused", () => {
  expect(() => decode(toFrames("other"), "secret")).toThrow("wrong signature");
  const frames = toFrames("secret");
  frames[frames.length - 1] = Buffer.from(`{"code":"evil()"}`);
  expect(() => decode(frames, "secret")).toThrow("wrong signature");
  expect(() => decode(frames.slice(0, 3), "secret")).toThrow("Not a Jupyter message");
});
