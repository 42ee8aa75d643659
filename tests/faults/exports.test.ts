import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it, onTestFinished } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { listTransfers } from "@/lib/export/queries";
import { exportEverything } from "@/lib/export/start-transfer";
import { openArchive } from "@/lib/extraction/zip";
import { stopJobs } from "@/lib/jobs/mutations";
import { anActor } from "@/tests/support/actors";
import { aLongConversation } from "@/tests/support/conversations";
import { isPostgresThere } from "@/tests/support/database";
import { startScriptedModel } from "@/tests/support/scripted-model";
import { setTestSettings } from "@/tests/support/settings";
import { aBrowserOf, anInstance } from "./support/instance";
import { sharedVariables } from "./support/shared-variables";

const upstream = await startScriptedModel();
afterAll(() => upstream.close());
const model = { LLM_BASE_URL: upstream.baseUrl, LLM_MODEL: "essai", LLM_LABEL: "Modèle d’essai" };
setTestSettings(model);

const CONVERSATIONS = 60;
const EXCHANGES = 100;
/** The work of a dead process must be taken up within this time, and done. */
const TAKEN_UP_MS = 120_000;

const paragraph =
  "Le dossier est instruit par le service compétent, qui en accuse réception dans un délai de deux mois. ";

async function until(actor: Actor, id: string, isWanted: (state: string, done: number) => boolean) {
  for (const end = Date.now() + TAKEN_UP_MS; Date.now() < end; ) {
    const found = (await listTransfers(actor)).find((transfer) => transfer.id === id);
    if (found && isWanted(found.state, found.done)) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`still so: ${JSON.stringify(await listTransfers(actor))}`);
}

it.runIf(isPostgresThere)(
  "a process killed while it exports everything leaves it to another, which makes it whole, and nothing else is left",
  async () => {
    const variables = { ...model, ...(await sharedVariables()) };
    onTestFinished(() => stopJobs());
    const actor = await anActor();
    for (let n = 0; n < CONVERSATIONS; n += 1) await aLongConversation(actor, EXCHANGES, () => paragraph.repeat(20));
    const victim = await anInstance(variables);
    const { transferId } = await exportEverything(actor);
    await until(actor, transferId, (state, done) => state !== "waiting" && done > 0);
    victim.child.kill("SIGKILL");
    await victim.ended;
    const [dead] = await listTransfers(actor);
    expect(dead).toMatchObject({ id: transferId, sizeBytes: null });

    const survivor = await anInstance(variables);
    const made = await until(actor, transferId, (state) => state === "done");
    const { cookie } = await aBrowserOf(actor);
    const response = await fetch(`${survivor.origin}/api/exports/${transferId}`, { headers: { cookie } });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.length).toBe(made.sizeBytes);
    const path = join(variables.DATA_DIR, "received.zip");
    writeFileSync(path, bytes);
    const archive = await openArchive({ path }, { inflatedBytesMax: 1e9 });
    expect(archive.names.filter((name) => /^conversations\/.*\.json$/.test(name))).toHaveLength(CONVERSATIONS);
    archive.close();
    const files = join(variables.DATA_DIR, "files");
    expect(readdirSync(join(files, "incoming"))).toEqual([]);
    const kept = readdirSync(files, { recursive: true, encoding: "utf8" }).filter((name) => name.includes(transferId));
    expect(kept).toHaveLength(1);
    expect(readFileSync(join(files, kept[0] ?? "")).equals(bytes)).toBe(true);
  },
  240_000,
);
