import "server-only";
import { unstable_rethrow } from "next/navigation";
import { type Refusal, toRefusal } from "@/lib/errors/app-error";
import { reportFailure } from "@/lib/telemetry/report";

/** What a server action answers. The screen shows `messages.errors[code]`. */
export type ActionResult<T = void> = { ok: true; data: T } | ({ ok: false } & Refusal);

export async function attempt<T>(operation: string, work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, data: await work() };
  } catch (error) {
    unstable_rethrow(error);
    reportFailure(error, { operation });
    return { ok: false, ...toRefusal(error) };
  }
}
