"use server";

import { requireActor } from "@/lib/auth/actor";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";
import { deleteTransfer } from "./mutations";
import { listTransfers } from "./queries";
import { type Transfer, transferInput } from "./schema";
import { exportEverything } from "./start-transfer";

export async function listTransfersAction(): Promise<ActionResult<Transfer[]>> {
  return attempt("export.list", async () => listTransfers(await requireActor()));
}

export async function exportEverythingAction(): Promise<ActionResult<Transfer[]>> {
  return attempt("export.everything", async () => {
    const actor = await requireActor();
    await exportEverything(actor);
    return listTransfers(actor);
  });
}

export async function deleteTransferAction(input: unknown): Promise<ActionResult<Transfer[]>> {
  return attempt("export.delete", async () => {
    const actor = await requireActor();
    await deleteTransfer(actor, parseInput(transferInput, input, "export_not_found").id);
    return listTransfers(actor);
  });
}
