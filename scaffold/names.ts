/** Names of what is added: files in kebab-case, functions in camelCase. */

import { Refused } from "./plan.ts";

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** What JavaScript keeps for itself, and would be a name of one word. */
const RESERVED =
  /^(await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|eval|arguments)$/;

/** @throws Refused if it is no name of a file as they are called here. */
export function checkFileName(what: string, name: string): string {
  if (KEBAB.test(name)) return name;
  const words = name
    .replace(/\.ts$/, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const meant = words.length > 0 ? `; did you mean ${words.join("-")}?` : "";
  throw new Refused(
    `${what}: expected a name of small letters, digits and hyphens, such as cube-root; got "${name}"${meant}`,
  );
}

/**
 * The function that a file is named after: `cube-root` gives `cubeRoot`, `16-3-cube` gives `cube`.
 *
 * @throws Refused if that is no name of a function.
 */
export function functionName(what: string, file: string): string {
  const [first = "", ...rest] = file
    .split("-")
    .slice(file.split("-").findIndex((word) => /^[a-z]/.test(word)));
  const name = first + rest.map((word) => word[0]?.toUpperCase() + word.slice(1)).join("");
  if (!/^[a-z]/.test(first)) throw new Refused(`${what}: expected a name with a word in it; got "${file}"`);
  if (RESERVED.test(name)) {
    throw new Refused(
      `${what}: "${name}" is a word of JavaScript, so that no function can be called so; choose another name`,
    );
  }
  return name;
}

/** The two halves of `folder/name`. @throws Refused if it has not two. */
export function halves(what: string, name: string, example: string): [folder: string, file: string] {
  const parts = name.split("/");
  if (parts.length === 2 && parts.every((part) => part !== "")) return parts as [string, string];
  throw new Refused(`${what}: expected FOLDER/NAME, such as ${example}; got "${name}"`);
}

/** `cube-root` as words: "cube root". */
export const words = (file: string): string => file.replace(/^(\d+-)+/, "").replaceAll("-", " ");
