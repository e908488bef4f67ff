/**
 * A function of the page from its text, for `evaluate`: the page's types (`document`, elements) are not this program's, and parts of
 * one such function are made of others.
 */
export const inPage = <T>(source: string) =>
  new Function(`return (${source}).apply(this, arguments)`) as (node: unknown) => T;
