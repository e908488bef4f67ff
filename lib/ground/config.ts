/** An architecture as JSON: its type and options, with those of its parts inside. */
export interface Config {
  /** What is made of it, by the name that {@link bijectionFrom} and its like know. */
  readonly type: string;
  readonly [option: string]: ConfigValue;
}

/** What a {@link Config} may hold: JSON. */
export type ConfigValue =
  | number
  | string
  | boolean
  | null
  | undefined
  | readonly ConfigValue[]
  | { readonly [option: string]: ConfigValue };
