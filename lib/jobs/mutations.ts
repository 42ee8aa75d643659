import "server-only";
import { PgBoss } from "pg-boss";
import { openDatabase } from "@/db/client";
import { JOBS_SCHEMA, type JobName } from "@/db/jobs";
import { toErrorCode } from "@/lib/errors/app-error";
import { reportFailure } from "@/lib/telemetry/report";

/** What each kind of work is given: identifiers, never content. */
type JobData = {
  "read-file": { ownerId: string; fileId: string };
  "recognise-file": { ownerId: string; fileId: string };
  "embed-file": { ownerId: string; fileId: string };
  "remove-document": { ownerId: string; documentId: string };
  "remove-file": { ownerId: string; fileId: string };
  "make-export": { ownerId: string; transferId: string };
  "import-archive": { ownerId: string; transferId: string };
};

/** Throws when the work is to be tried again, a little later, by any process. `signal` fires when it has lasted too long. */
export type JobHandler<Name extends JobName> = (data: JobData[Name], signal: AbortSignal) => Promise<void>;

const POLL_SECONDS = 2;
/** New work is announced; what is tried again or put off is not: it is found by looking. */
const POLL_WHEN_TOLD_SECONDS = 5;
const STOP_MS = 5_000;
/** How often jobs whose process died are looked for: a question waits a minute for its documents. */
const RESCUE_SECONDS = 15;

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & { assistantJobs?: Promise<PgBoss> | undefined };

function queue(): Promise<PgBoss> {
  shared.assistantJobs ??= start().catch((error) => {
    shared.assistantJobs = undefined; // the next call tries again
    throw error;
  });
  return shared.assistantJobs;
}

async function start(): Promise<PgBoss> {
  const { jobs } = await openDatabase();
  const boss = new PgBoss({
    ...jobs,
    schema: JOBS_SCHEMA,
    migrate: false,
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: RESCUE_SECONDS,
    monitorIntervalSeconds: RESCUE_SECONDS,
  });
  boss.on("error", (error) => reportFailure(error, { operation: "jobs" }));
  await boss.start();
  return boss;
}

/** Puts work in the queue, to be done once `afterSeconds` have passed; with the same `key` as work that waits or runs, it is that work. */
export async function sendJob<Name extends JobName>(
  name: Name,
  data: JobData[Name],
  key: string,
  { afterSeconds = 0 }: { afterSeconds?: number } = {},
): Promise<void> {
  await (await queue()).send(name, data, { singletonKey: key, startAfter: afterSeconds });
}

/** Begins to take work in this process, so many at a time. */
export async function workOn<Name extends JobName>(
  name: Name,
  concurrency: number,
  handle: JobHandler<Name>,
): Promise<void> {
  const boss = await queue();
  for (let n = 0; n < concurrency; n += 1) {
    const id = await boss.work<JobData[Name]>(
      name,
      { batchSize: 1, pollingIntervalSeconds: POLL_SECONDS, notifyPollingIntervalSeconds: POLL_WHEN_TOLD_SECONDS },
      async ([job]) => {
        if (!job) return;
        // What waits behind is taken as soon as this ends, not at the next look.
        boss.notifyWorker(id);
        await handle(job.data, job.signal).catch((error: unknown) => {
          // What is thrown is kept with the job: the message of a driver quotes what it was writing.
          throw new Error(toErrorCode(error));
        });
      },
    );
  }
}

/** What runs has a few seconds to end; otherwise another process takes it up, or this one when it starts again. */
export async function stopJobs(): Promise<void> {
  const started = await shared.assistantJobs?.catch(() => undefined);
  shared.assistantJobs = undefined;
  await started?.stop({ graceful: true, timeout: STOP_MS });
}
