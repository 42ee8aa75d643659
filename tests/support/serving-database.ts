import { DatabaseInUseError, holdDatabase } from "../../db/process-lock.ts";

/** A process that serves from the PostgreSQL `argv[2]`, `argv[3]` being « alone » or « shared ». */
const [, , url = "", mode] = process.argv;
try {
  await holdDatabase(url, { alone: mode === "alone", onLost: () => process.stdout.write("lost\n") });
  process.stdout.write("serving\n");
  setInterval(() => {}, 60_000);
} catch (error) {
  process.stdout.write(error instanceof DatabaseInUseError ? "refused\n" : `failed ${error}\n`);
  process.exit(1);
}
