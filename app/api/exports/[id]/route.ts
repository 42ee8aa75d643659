import { requireActor } from "@/lib/auth/actor";
import { getReadyFile } from "@/lib/export/queries";
import { contentTypeOf } from "@/lib/export/rules";
import { transferInput } from "@/lib/export/schema";
import { attachment } from "@/lib/http/attachment";
import { parseInput } from "@/lib/http/parse";
import { route } from "@/lib/http/route";

type Context = { params: Promise<{ id: string }> };

/** What a job made, for its owner, as long as it is kept. */
export const GET = route("export.file", async (_request, { params }: Context) => {
  const actor = await requireActor();
  const { id } = parseInput(transferInput, await params, "export_not_found");
  const { fileName, sizeBytes } = await getReadyFile(actor, id);
  const file = { fileId: id, name: fileName, sizeBytes, type: contentTypeOf(fileName) };
  return attachment(file, "export_not_found");
});
