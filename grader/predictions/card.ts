/** What `predict` shows: that a guess is kept, and later how it compares. As a card in a notebook, as text in a terminal. */

import { AMBER, box, cardMarkdown, FAINT, fold, GREEN, GREY } from "../report/card/box.ts";
import { escapeHTML } from "../report/escape.ts";
import { plainMarkdown } from "../report/plain-math.ts";
import { printable } from "../report/printable.ts";
import type { Comparison } from "./guesses/comparison.ts";
import { formOf, shortNumber } from "./guesses/guess.ts";
import type { Kept } from "./guesses/guesses.ts";
import type { Guess, Prediction } from "./prediction.ts";

/** One card in both forms. */
export interface Card {
  readonly html: string;
  readonly text: string;
}

/** Above it what a learner should know of the memory. */
export const withNote = ({ html, text }: Card, note: string | undefined): Card =>
  note === undefined
    ? { html, text }
    : { html: `<div role="note">${escapeHTML(note)}</div>${html}`, text: `${printable(note)}\n${text}` };

/** Nothing has been guessed: what to do, and that nothing else waits for it. */
export function askCard(prediction: Prediction): Card {
  const { id, quiz } = prediction;
  const call = `predict("${id}", …)`;
  const then = quiz
    ? "The answer unfolds below it."
    : "The answer unfolds after the cell that shows it. The notebook goes on without a guess, too.";
  const where = `Write it into ${call}, in the place of the remark, and run the cell: ${formOf(prediction)}.`;
  return card(GREY, `Question ${id}`, quiz ? "◇ No answer yet" : "◇ No guess yet", [`${where} ${then}`]);
}

/** What was written is no guess. */
export function refusedCard({ id }: Prediction, refused: string, kept: Kept | undefined): Card {
  const still = kept === undefined ? [] : [`Your guess is still ${guessText(kept.guess)}.`];
  return card(AMBER, `Question ${id}`, "◇ Not taken as a guess", [`${sentence(refused)}`, ...still]);
}

/** The guess is kept until the answer. */
export function keptCard({ id }: Prediction, kept: Kept): Card {
  return card(GREEN, `Your guess for ${id}`, `◆ Your guess: ${guessText(kept.guess)}`, [
    kept.later === undefined && !kept.late
      ? "It is kept. Run on: the answer unfolds after the cell that shows it."
      : `${history(kept, false).join(" ")} Run the answer's cell again to see it compared.`,
  ]);
}

/** The answer, for somebody who has not guessed: under a fold, so that it does not stand in plain sight. */
export function unguessedCard({ id }: Prediction, answer: string): Card {
  const first = `You have made no guess. Make one in the cell \`predict("${id}", …)\` above, run it, and run this cell again; or open the answer.`;
  const html = `${head(GREY, `◇ ${id}: no guess`)}${cardMarkdown(first)}${fold("Show the answer", cardMarkdown(answer))}`;
  // Plain text has no folds: what cannot be folded is not shown.
  const text = `◇ ${id}: no guess. Make one in the cell predict("${id}", …) above, run it, and run this cell again.`;
  return { html: box(`Answer to ${id}`, GREY, html), text };
}

const VERDICT = {
  right: { color: GREEN, words: "✓ As you predicted" },
  near: { color: AMBER, words: "≈ Nearly as you predicted" },
  other: { color: AMBER, words: "↷ Otherwise than you predicted" },
} as const;

const QUIZ_VERDICT = {
  right: { color: GREEN, words: "✓ Right" },
  near: { color: AMBER, words: "≈ Nearly" },
  other: { color: AMBER, words: "✗ Not so" },
} as const;

/** The guess beside the truth, what it means, and the answer. */
export function answerCard({ id, quiz }: Prediction, compared: Comparison, answer: string, kept: Kept): Card {
  const { color, words } = (quiz ? QUIZ_VERDICT : VERDICT)[compared.verdict];
  const hidden = quiz && compared.verdict !== "right";
  const lines = [compared.beside, ...(compared.meaning ? [compared.meaning] : [])];
  const before = history(kept, quiz);
  const html = [
    head(color, words),
    ...lines.map(cardMarkdown),
    picture(compared),
    before.length === 0 ? "" : `<div style="opacity:.75">${before.map(escapeHTML).join(" ")}</div>`,
    hidden ? fold("Show the answer", cardMarkdown(answer)) : answerBox(cardMarkdown(answer)),
  ].join("");
  const text = [
    `${words} (${id}).`,
    ...lines.map(plainMarkdown),
    ...before,
    ...(hidden ? ["Choose again, or read on."] : [plainMarkdown(answer)]),
  ].join("\n");
  return { html: box(`Answer to ${id}`, color, html), text: printable(text) };
}

/** Which guess counts, where there were several or one that came late. */
function history({ guess, later, late }: Kept, quiz: boolean): string[] {
  if (quiz) return later === undefined ? [] : [`Your first answer was ${guessText(guess)}.`];
  return [
    ...(late ? ["This guess was made after the answer's cell had run."] : []),
    ...(later === undefined
      ? []
      : [
          `Your first guess, ${guessText(guess)}, counts; ${guessText(later)} came after the answer had been shown.`,
        ]),
  ];
}

export const guessText = (guess: Guess): string =>
  typeof guess === "number"
    ? shortNumber(guess)
    : typeof guess === "string"
      ? `"${guess}"`
      : `[${guess.map(shortNumber).join(", ")}]`;

function picture({ picture }: Comparison): string {
  if (!picture) return "";
  const svg = Buffer.from(picture.toSVG({ width: 560, height: 300, theme: "either" })).toString("base64");
  return `<img src="data:image/svg+xml;base64,${svg}" alt="${escapeHTML(picture.alternative)}" tabindex="0" width="560" height="300" style="display:block;max-width:100%;height:auto;margin:.4em 0">`;
}

function card(color: string, label: string, title: string, lines: readonly string[]): Card {
  const body = lines.map((line) => `<div>${escapeHTML(line)}</div>`).join("");
  return {
    html: box(label, color, head(color, title) + body),
    text: printable([`${title}.`, ...lines].join("\n")),
  };
}

/** The sign has the colour, the words that of the page's text: no one colour stands out enough from white and from black. */
function head(color: string, title: string): string {
  const [sign = "", ...words] = title.split(" ");
  return `<div style="font-weight:700;margin-bottom:.2em"><span aria-hidden="true" style="color:${color}">${escapeHTML(sign)}</span> ${escapeHTML(words.join(" "))}</div>`;
}

const answerBox = (content: string): string =>
  `<div style="background:${FAINT};border-radius:4px;padding:.45em .7em;margin:.35em 0">${content}</div>`;

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
