import "server-only";
import { and, asc, eq, isNull, ne, or } from "drizzle-orm";
import { asMember } from "@/db/client";
import { passages } from "@/db/schema/documents";

export type PassageKey = { fileId: string; page: number; position: number };
export type PassageToEmbed = PassageKey & { heading: string | null; text: string };

/** Passages of a file that have no vector of this model yet, the first ones. For the job that makes them. */
export async function listPassagesToEmbed(
  ownerId: string,
  fileId: string,
  modelId: string,
  limit: number,
): Promise<PassageToEmbed[]> {
  const { page, position, heading, text } = passages;
  return asMember(ownerId, (tx) =>
    tx
      .select({ fileId: passages.fileId, page, position, heading, text })
      .from(passages)
      .where(
        and(
          eq(passages.ownerId, ownerId),
          eq(passages.fileId, fileId),
          or(isNull(passages.embeddingModelId), ne(passages.embeddingModelId, modelId)),
        ),
      )
      .orderBy(asc(page), asc(position))
      .limit(limit),
  );
}

/** Keeps the vectors of passages; those that are gone meanwhile are none the worse. */
export async function saveEmbeddings(
  ownerId: string,
  modelId: string,
  embedded: readonly { key: PassageKey; vector: Int8Array }[],
): Promise<void> {
  await asMember(ownerId, async (tx) => {
    await Promise.all(
      embedded.map(({ key, vector }) =>
        tx
          .update(passages)
          .set({ embedding: vector, embeddingModelId: modelId })
          .where(
            and(
              eq(passages.ownerId, ownerId),
              eq(passages.fileId, key.fileId),
              eq(passages.page, key.page),
              eq(passages.position, key.position),
            ),
          ),
      ),
    );
  });
}
