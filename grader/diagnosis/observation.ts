/** What a learner's numbers show, where no known wrong answer gives them. */
export interface Observation {
  /** Short and stable, kebab-case: `constant-factor`. */
  readonly id: string;
  /** Markdown with KaTeX: what is, never what should be done. */
  readonly text: string;
}
