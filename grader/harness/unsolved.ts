/** The message by which a stub says that nothing has been written yet. */
export const UNSOLVED_MESSAGE = "Not yet solved";
