/**
 * What a notebook asks before it shows something: the question, what may be guessed, and what is said to a guess.
 *
 * A prediction is asked where `// %% predict="<id>"` stands in the chapter's script and answered where `// %% answer="<id>"` stands,
 * after the cell that shows it. A question of the quiz is answered at once. None of its answers stands in the notebook.
 */

/** What a learner can guess. */
export type Guess = number | string | readonly number[];

/** Numbers and lists that the answering cell was given, by name: what the experiment showed. */
export type Values = Readonly<Record<string, number | readonly number[]>>;

/** Markdown with KaTeX, or how it is made of what the experiment showed. */
export type Said<V = Values> = string | ((values: V) => string);

interface Asked<V> {
  /** As the notebook calls it: `predict("peaks", 2)`. One of the whole course has it. */
  readonly id: string;
  /** Markdown, with what to write instead of a guess left out: that is said from the rest. */
  readonly question: string;
  /** What is true, and why: shown to every guess, after what it deserves itself. */
  readonly answer: Said<V>;
  /** What the answering cell has to give, and whether it is one number or a list. */
  readonly given: Readonly<Record<string, Given>>;
  /** Whether it is a question of the quiz: answered as soon as there is a guess. */
  readonly quiz: boolean;
}

export type Given = "number" | "list";

/** One of several things that are named. */
export interface Choice<V = Values> extends Asked<V> {
  readonly kind: "choice";
  /** By the word that is written as a guess: what it stands for, and what is said to whoever chose it. */
  readonly choices: Readonly<Record<string, { readonly text: string; readonly meaning: Said<V> }>>;
  /** Which of them is true. */
  readonly right: Said<V>;
}

/** Guesses that share a cause: bounds included; none is no bound. */
export interface Band<V = Values> {
  readonly from?: number;
  readonly to?: number;
  readonly meaning: Said<V>;
}

/** A number. */
export interface NumberGuess<V = Values> extends Asked<V> {
  readonly kind: "number";
  /** What to write, after "your guess: ". It must not give the answer away. */
  readonly form: string;
  /** Only 0, 1, 2 … can be guessed. */
  readonly whole: boolean;
  readonly least: number;
  readonly most: number;
  readonly truth: (values: V) => number;
  /** Not farther off is as good as right. */
  readonly within: number;
  /** Not farther off is near. */
  readonly near: number;
  /** What guesses that are not right have in common with those of others: the first that fits is said. */
  readonly bands: readonly Band<V>[];
}

/** A curve, as its heights at some places. */
export interface Sketch<V = Values> extends Asked<V> {
  readonly kind: "sketch";
  /** Where the curve is sketched. */
  readonly at: readonly number[];
  readonly xTitle: string;
  readonly yTitle: string;
  /** Whose colour the truth has. */
  readonly space: "base" | "data" | "map";
  /** Only the shape counts: both are drawn with a largest height of 1. */
  readonly shapeOnly: boolean;
  /** The curve; it has to span the places of the sketch. */
  readonly truth: (values: V) => { readonly x: readonly number[]; readonly y: readonly number[] };
  /** What a typical sketch that is not right means, from its heights and the true ones at the same places; both as they are drawn. */
  readonly meaning: (sketch: readonly number[], truth: readonly number[]) => string | undefined;
}

export type Prediction = Choice | NumberGuess | Sketch;

/** What the answering cell gives, typed by the declaration. */
type ValuesOf<G extends Readonly<Record<string, Given>>> = {
  readonly [name in keyof G]: G[name] extends "list" ? readonly number[] : number;
};

type Common = "given" | "quiz" | "kind";
type NoneGiven = Readonly<Record<never, Given>>;

/**
 * @example
 * choicePrediction({
 *   id: "entropy",
 *   question: "Will the loss reach the entropy, …?",
 *   choices: { above: { text: "it stays above", meaning: "So it is on average. …" }, … },
 *   given: { loss: "number", entropy: "number" },
 *   right: ({ loss, entropy }) => (loss < entropy ? "below" : "above"),
 *   answer: ({ loss, entropy }) => `…`,
 * })
 */
export function choicePrediction<const G extends Readonly<Record<string, Given>> = NoneGiven>(
  asked: Omit<Choice<ValuesOf<G>>, Common> & { readonly given?: G },
): Prediction {
  return { given: {}, ...asked, kind: "choice", quiz: false } as unknown as Choice;
}

/** A question of the quiz: one of several choices is right, and each has its explanation. */
export function quizChoice(asked: Omit<Choice, Common>): Prediction {
  return { given: {}, ...asked, kind: "choice", quiz: true };
}

type NumberOptions<V> = Omit<
  NumberGuess<V>,
  Common | "truth" | "whole" | "least" | "most" | "within" | "near"
> &
  Partial<Pick<NumberGuess<V>, "whole" | "least" | "most" | "within" | "near">> & {
    readonly truth: number | NumberGuess<V>["truth"];
  };

/**
 * @example
 * numberPrediction({
 *   id: "valley",
 *   question: "At which $x$ will the histogram be lowest between its peaks?",
 *   form: "a number on the x axis",
 *   given: { lowest: "number", steepest: "number" },
 *   truth: ({ lowest }) => lowest,
 *   within: 0.05,
 *   near: 0.2,
 *   bands: [{ from: 0.1, to: 0.2, meaning: "That is where $f$ is steepest. …" }],
 *   answer: ({ lowest, steepest }) => `…`,
 * })
 */
export function numberPrediction<const G extends Readonly<Record<string, Given>> = NoneGiven>(
  asked: NumberOptions<ValuesOf<G>> & { readonly given?: G },
): Prediction {
  return numberOf(asked as unknown as NumberOptions<Values>, false);
}

/** A question of the quiz whose answer is a number. */
export function quizNumber(asked: NumberOptions<Values>): Prediction {
  return numberOf(asked, true);
}

function numberOf(asked: NumberOptions<Values>, quiz: boolean): NumberGuess {
  const { truth } = asked;
  const within = asked.within ?? 0;
  return {
    ...{ given: {}, whole: false, least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY },
    ...asked,
    ...{ within, near: asked.near ?? within, kind: "number", quiz },
    truth: typeof truth === "number" ? () => truth : truth,
  };
}

/**
 * @example
 * sketchPrediction({
 *   id: "learned-map",
 *   question: "Sketch the learned map …",
 *   at: [-3, -2, -1, 0, 1, 2, 3], xTitle: "x", yTitle: "z", space: "map", shapeOnly: false,
 *   given: { x: "list", z: "list" },
 *   truth: ({ x, z }) => ({ x, y: z }),
 *   meaning: (sketch) => (isStraight(sketch) ? "A straight line …" : undefined),
 *   answer: "…",
 * })
 */
export function sketchPrediction<const G extends Readonly<Record<string, Given>> = NoneGiven>(
  asked: Omit<Sketch<ValuesOf<G>>, Common> & { readonly given?: G },
): Prediction {
  return { given: {}, ...asked, kind: "sketch", quiz: false } as unknown as Sketch;
}

/** The text for what the experiment showed. */
export const say = (said: Said, values: Values): string => (typeof said === "string" ? said : said(values));
