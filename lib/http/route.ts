import "server-only";
import { unstable_rethrow } from "next/navigation";
import { toErrorCode, toErrorDetails } from "@/lib/errors/app-error";
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
      reportFailure(error, { operation });
      const code = toErrorCode(error);
      const details = toErrorDetails(error);
      return Response.json(
        { code, message: frenchSentence(code, details), ...(details && { details }) },
        { status: httpStatus[code], headers: { "cache-control": "no-store" } },
      );
    }
  };
}
