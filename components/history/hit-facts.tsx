import { useFormatter, useTranslations } from "next-intl";
import type { HistoryHit } from "@/lib/history/schema";

/** Who speaks where it was found, and when. */
export function HitFacts({ hit: { kind, name, project, at } }: { hit: HistoryHit }) {
  const t = useTranslations("hits");
  const format = useFormatter();
  return (
    <>
      <span className="font-medium text-default">{name ? t("named", { kind, name }) : t("kind", { kind })}</span>
      {" · "}
      <time dateTime={at.toISOString()}>{format.dateTime(at, { day: "numeric", month: "long", year: "numeric" })}</time>
      {project !== null && <> · {t("project", { title: project })}</>}
    </>
  );
}

/** Tells hits apart: a message may answer in its text and by several of its sources. */
export const keyOf = ({ conversationId, messageId, kind, name }: HistoryHit): string =>
  [conversationId, messageId, kind, name].join(" ");
