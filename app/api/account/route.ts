import { eraseAccount, requestErasure } from "@/lib/account/mutations";
import { getEmail } from "@/lib/account/queries";
import { isConfirmed } from "@/lib/account/rules";
import { deleteAccountInput } from "@/lib/account/schema";
import { requireActor } from "@/lib/auth/actor";
import { signOutForGood } from "@/lib/auth/sign-out";
import { AppError } from "@/lib/errors/app-error";
import { parseBody } from "@/lib/http/parse";
import { route } from "@/lib/http/route";
import { requireSameOrigin } from "@/lib/http/same-origin";
import { keepProcessFor } from "@/lib/process/running-work";
import { reportFailure } from "@/lib/telemetry/report";

/** Most accounts are gone by then; of a larger one the receipt says that it is being removed. */
const PATIENCE_MS = 4_000;

/** Deletes the account of who asks. A handler, not a server action: those draw the page again, and there is nobody left to draw it for. */
export const DELETE = route("account.delete", async (request) => {
  requireSameOrigin(request);
  const actor = await requireActor();
  const { confirmation } = await parseBody(deleteAccountInput, request);
  if (!isConfirmed(confirmation, await getEmail(actor))) throw new AppError("confirmation_wrong");
  const { number, idToken } = await requestErasure(actor);
  const erased = keepProcessFor(eraseAccount(actor.agentId, number)).catch((error: unknown) =>
    reportFailure(error, { operation: "account.erase" }),
  );
  await Promise.race([erased, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  return signOutForGood(idToken, number);
});
