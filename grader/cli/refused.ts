/** Why a run cannot begin; the message is for the person who started it. */
export class Refused extends Error {
  override readonly name = "Refused";
}
