/** White space, and characters that show nothing: of width zero, marks of direction, fillers, the empty pattern of braille. */
const UNSEEN = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{C}\u2800]/gu;

/** True if a person would see nothing of this text. */
export const isBlank = (text: string): boolean => text.replace(UNSEEN, "") === "";
