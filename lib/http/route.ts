import "server-only";
import { unstable_rethrow } from "next/navigation";
import { toRefusal } from "@/lib/errors/app-error";
import { frenchSentence } from "@/lib/errors/french";
import { httpStatus } from "@/lib/errors/http-status";
import { reportFailure } from "@/lib/telemetry/report";

type Handler<Rest extends unknown[]> = (request: Request, ...rest: Rest) => Promise<Response>;

/** Wraps a route handler: the only place that turns an error into HTTP. */
export function route<Rest extends unknown[]>(operation: string, handler: Handler<Rest>): Handler<Rest> {
  return async (request, ...rest) => {
    try {
      return await handler(request, ...rest);
    } catch (error) {
      unstable_rethrow(error); // redirect() and notFound() are thrown too: they are Next's, not ours
      // Whoever left while sending broke what was being read: nothing failed, and nobody hears the answer.
      if (!request.signal.aborted) reportFailure(error, { operation });
      const refusal = toRefusal(error);
      return Response.json(
        { ...refusal, message: frenchSentence(refusal) },
        { status: httpStatus[refusal.code], headers: { "cache-control": "no-store" } },
      );
    }
  };
}
