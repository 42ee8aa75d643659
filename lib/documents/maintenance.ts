import "server-only";
import { and, inArray, lt, sql } from "drizzle-orm";
import { asMaintenance } from "@/db/client";
import { files } from "@/db/schema/documents";
import type { FileState } from "./schema";

const FORGOTTEN_AFTER_SECONDS = 60;
const AT_ONCE = 100;

/** Files received a while ago and not read to their end: most wait for their turn, and sending their job again changes nothing. */
export function listForgottenFiles(): Promise<{ ownerId: string; fileId: string; state: FileState }[]> {
  const since = sql`now() - make_interval(secs => ${FORGOTTEN_AFTER_SECONDS})`;
  return asMaintenance((tx) =>
    tx
      .select({ ownerId: files.ownerId, fileId: files.id, state: files.state })
      .from(files)
      .where(and(inArray(files.state, ["received", "checked", "read"]), lt(files.createdAt, since)))
      .limit(AT_ONCE),
  );
}
