/** Opens the gradebook of a class: a folder by default, a server by its address. */

import { type Database, NoDatabase } from "./database.ts";
import { openEmbeddedDatabase } from "./embedded.ts";
import { migrate } from "./migrate.ts";
import { isAway, unreachable } from "./outage.ts";
import { openServerDatabase } from "./server.ts";

export const isAddress = (place: string): boolean => /^postgres(ql)?:\/\//.test(place);

/**
 * @param place A folder, which is made if it is missing, or `postgres://…`.
 * @throws NoDatabase, FolderInUse or DatabaseFull, which say what to do, if it cannot be opened, is in use, or was made by a newer kit.
 */
export async function openDatabase(place: string): Promise<Database> {
  if (/^\w+:\/\//.test(place) && !isAddress(place))
    throw new NoDatabase(
      `${place} is no database that is known here: name a folder, or postgres://user@host/name`,
    );
  const database = isAddress(place) ? await openServerDatabase(place) : await openEmbeddedDatabase(place);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw isAway(error) ? unreachable(database.name, error) : error;
  }
}
