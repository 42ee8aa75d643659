import { existsSync } from "node:fs";
import { cookieHeader, pidOf, signIn, spawnNode, startApplication, untilPrinted } from "./application.ts";
import { createThrowawayDatabase } from "./database.ts";
import { memoryVariables } from "./process-figures.ts";

export const TARGET_NAMES = ["relay", "sdk", "application"] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

/** A server under measure. `cookie` only for the application, which wants to know who asks. */
export type Target = { name: TargetName; url: string; pid: number; cookie: string | null };

export type Bench = {
  targets: Target[];
  database: string | null;
  /** True when each server has one core and no more. */
  isPinned: boolean;
  close: () => Promise<void>;
};

/** The fake model, then what is compared, each in a process of its own and on the same core. */
export async function startTargets(names: readonly TargetName[], flags: string[] = []): Promise<Bench> {
  const isPinned = existsSync("/usr/bin/taskset");
  const prefix = isPinned ? ["taskset", "-c", "0"] : [];
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const each of closing.reverse()) await each();
  };
  try {
    const upstream = spawnNode(["bench/support/upstream-process.ts"]);
    closing.push(() => upstream.kill());
    const baseUrl = (await untilPrinted(upstream, /\n/)).trim();

    const startBare = async (name: TargetName, path: string): Promise<Target> => {
      const child = spawnNode([path, baseUrl], memoryVariables, prefix);
      closing.push(() => child.kill());
      return { name, url: (await untilPrinted(child, /\n/)).trim(), pid: pidOf(child), cookie: null };
    };

    let database: string | null = null;
    const startOurs = async (): Promise<Target> => {
      const throwaway = await createThrowawayDatabase();
      if (throwaway) closing.push(throwaway.drop);
      database = throwaway?.name ?? null;
      const application = await startApplication(baseUrl, {
        prefix,
        variables: {
          ...memoryVariables,
          NODE_OPTIONS: [memoryVariables.NODE_OPTIONS, ...flags].join(" "),
          HOST: "127.0.0.1",
          ...(throwaway && { DATABASE_URL: throwaway.url }),
        },
      });
      closing.push(application.close);
      const { origin, pid } = application;
      const cookie = cookieHeader(await signIn(origin, "culture"), origin);
      return { name: "application", url: `${origin.replace("localhost", "127.0.0.1")}/api/chat`, pid, cookie };
    };

    const targets: Target[] = [];
    for (const name of names) {
      if (name === "application") targets.push(await startOurs());
      else targets.push(await startBare(name, `bench/support/${name}-process.ts`));
    }
    return { targets, database, isPinned, close };
  } catch (error) {
    await close();
    throw error;
  }
}
