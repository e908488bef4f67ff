/** What the columns of a roster are called, here and in the lists that platforms give. */

export type Field =
  | "name"
  | "first"
  | "last"
  | "id"
  | "canvas"
  | "moodle"
  | "login"
  | "email"
  | "group"
  | "section";

/** Without case, blanks and signs. */
const HEADERS: { readonly [field in Field]: readonly string[] } = {
  name: [
    ...["name", "fullname", "student", "studentname", "learner", "participant", "displayname"],
    ...["vollständigername", "nomcomplet", "nombrecompleto"],
  ],
  first: ["firstname", "givenname", "first", "vorname", "prénom"],
  last: ["lastname", "surname", "familyname", "last", "nachname", "nom", "apellidos"],
  id: [
    ...[
      "id",
      "sid",
      "studentid",
      "studentnumber",
      "idnumber",
      "sisuserid",
      "sisid",
      "orgdefinedid",
      "learnerid",
    ],
    ...["matriculationnumber", "matrikelnummer", "idnummer", "universityid"],
  ],
  canvas: ["canvasid", "canvasuserid"],
  moodle: ["identifier", "participantid"],
  login: [
    ...["login", "loginid", "sisloginid", "username", "user", "userid", "netid", "account"],
    ...["github", "githubusername", "githublogin", "anmeldename"],
  ],
  email: ["email", "emailaddress", "mail", "emailadresse", "courriel", "correoelectrónico"],
  group: ["group", "groups", "groupname", "team", "teamname", "gruppe"],
  section: ["section", "sections", "class", "tutorial"],
};

const FIELDS = new Map(
  Object.entries(HEADERS).flatMap(([field, names]) => names.map((name) => [name, field as Field] as const)),
);

const simplify = (header: string): string =>
  header
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/**
 * Which field each column holds; undefined for one that a roster does not need, such as a mark.
 *
 * In Canvas's gradebook `ID` is the user's number there, and the number of the university stands in `SIS User ID`.
 */
export function fieldsOf(head: readonly string[]): (Field | undefined)[] {
  const fields = head.map((header) => FIELDS.get(simplify(header)));
  const isCanvas = head.some((header) => ["sisuserid", "sisloginid"].includes(simplify(header)));
  return fields.map((field, i) => (isCanvas && simplify(head[i] as string) === "id" ? "canvas" : field));
}
