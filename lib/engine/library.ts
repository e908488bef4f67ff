/** The numerical library that a backend stands on. */
export interface Library {
  readonly version: string;
  readonly threads: number;
  readonly xla: boolean;
}
