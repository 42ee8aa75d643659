import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { PgBoss } from "pg-boss";
import type { OpenDatabase } from "./open.ts";

/** The queue of jobs has a schema of its own, made and kept up to date by its library. */
export const JOBS_SCHEMA = "jobs";

/** A process that dies is noticed when its jobs give no sign of life. */
const HEARTBEAT_SECONDS = 15;

/** The kinds of work that wait in the database. Names are kept from one version to the next. */
export const JOB_QUEUES = {
  "read-file": { expireInSeconds: 15 * 60 },
  "recognise-file": { expireInSeconds: 2 * 60 * 60 },
  "embed-file": { expireInSeconds: 30 * 60 },
  "remove-document": { expireInSeconds: 60 },
  // Where files are kept may be away for hours: tried again ever more slowly, for two days.
  "remove-file": { expireInSeconds: 60, retryLimit: 60, retryBackoff: true, retryDelayMax: 3_600 },
  "make-export": { expireInSeconds: 60 * 60, retryLimit: 5 },
  "import-archive": { expireInSeconds: 60 * 60, retryLimit: 5 },
} satisfies Record<string, JobOptions>;
export type JobName = keyof typeof JOB_QUEUES;

type JobOptions = { expireInSeconds: number; retryLimit?: number; retryBackoff?: boolean; retryDelayMax?: number };

/** Brings the queue's schema up to date. As the migrations, it needs a role that may create tables. */
export async function migrateJobs({ jobs }: OpenDatabase): Promise<void> {
  const queue = new PgBoss({ ...jobs, schema: JOBS_SCHEMA, supervise: false, schedule: false });
  await queue.start();
  for (const [name, options] of Object.entries(JOB_QUEUES)) {
    await queue.createQueue(name, {
      // The same work is not queued twice, nor while it runs.
      policy: "exclusive",
      notify: true,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      retryLimit: 2,
      retryDelay: 2,
      deleteAfterSeconds: 24 * 60 * 60,
      ...options,
    });
  }
  await queue.stop({ graceful: false });
}

/** What the application's own role needs of the queue, which holds identifiers only. */
export const jobsGrants = (role: string): SQL[] =>
  [
    sql`usage on schema ${sql.identifier(JOBS_SCHEMA)}`,
    sql`select, insert, update, delete on all tables in schema ${sql.identifier(JOBS_SCHEMA)}`,
    sql`execute on all functions in schema ${sql.identifier(JOBS_SCHEMA)}`,
  ].map((what) => sql`grant ${what} to ${sql.identifier(role)}`);
