/** Who handed in, and when, as far as the names of a download tell. Nothing of it has been looked up anywhere. */

/** What a platform's names tell of one person. */
export interface Known {
  /** In any order: `Ada Lovelace`, `Lovelace, Ada`, `lovelaceada`. */
  readonly name?: string;
  /** The platform's own number of her. */
  readonly id?: string;
  readonly login?: string;
  readonly email?: string;
  /** Any of these: what a folder or a file is called that no platform has named. */
  readonly label?: string;
}

export interface Sender {
  /** As `--layout` takes it. */
  readonly layout: string;
  /** What the platform knows her by: folders or files at the top of the download. */
  readonly entries: readonly string[];
  /** One, or the members of a group; none where the platform hides who it is. */
  readonly people: readonly Known[];
  /** By ISO 8601; without a zone where the platform names none. */
  readonly at?: string;
  /** The platform marks it as late. */
  readonly late?: true;
  /** How often she handed in, where the download holds that. */
  readonly attempts?: number;
}
