import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";
import { ANNOUNCED_DAYS } from "@/lib/trash/rules";
import type { PublicText } from "./schema";

const SHIPPED = "content";

/** The Markdown of a public page: the operator's file when there is one, else the one shipped with the application. */
export async function getPublicText(name: PublicText): Promise<string> {
  const { CONTENT_DIR, CONTACT_EMAIL, RETENTION_MONTHS, TRASH_DAYS } = env();
  const markdown = (await findText(CONTENT_DIR, name)) ?? (await readFile(pathOf(SHIPPED, name), "utf8"));
  return markdown
    .replaceAll("{contact}", `[${CONTACT_EMAIL}](mailto:${CONTACT_EMAIL})`)
    .replaceAll("{conservation}", keptFor(RETENTION_MONTHS))
    .replaceAll("{corbeille}", trashedFor(TRASH_DAYS));
}

const keptFor = (months: number) =>
  months === 0
    ? "Jusqu’à ce que vous les supprimiez"
    : `Jusqu’à ce que vous les supprimiez, et au plus ${months} mois sans nouvelle question, sauf si vous épinglez la conversation ; vous en êtes prévenu ${ANNOUNCED_DAYS} jours avant`;

const trashedFor = (days: number) =>
  `Une conversation supprimée reste ${days} ${days === 1 ? "jour" : "jours"} dans votre corbeille, d’où vous pouvez la restaurer, puis disparaît de partout : messages, branches, avis, index.`;

const pathOf = (folder: string, name: PublicText) => join(/* turbopackIgnore: true */ folder, `${name}.md`);

async function findText(folder: string, name: PublicText): Promise<string | null> {
  try {
    return await readFile(pathOf(folder, name), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
