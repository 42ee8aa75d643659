import { sql } from "drizzle-orm";
import { openEmbedded } from "../../db/open.ts";

/** A process that holds an embedded database, writes a row in it, says so, and stays until it is killed. */
const database = await openEmbedded(process.argv[2] ?? "");
await database.db.execute(sql`create table kept (word text)`);
await database.db.execute(sql`insert into kept values ('gardé')`);
process.stdout.write("held\n");
setInterval(() => {}, 60_000);
