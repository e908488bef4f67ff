/**
 * What `npm test` leaves out, so that it takes little more than half an hour on two cores: more of what others of its kind show, never a
 * kind.
 * `FLOWLAB_TESTS=all` takes it in.
 */

/** Whether all is asked for. */
export const isWhole: boolean = process.env.FLOWLAB_TESTS === "all";

/** The first of each so many; all of them where all is asked for. */
export const sample = <A>(list: readonly A[], each: number): A[] =>
  isWhole ? [...list] : list.filter((_, place) => place % each === 0);
