import { useFormatter, useTranslations } from "next-intl";
import { Reading } from "@/components/documents/reading";
import { useSize } from "@/components/documents/use-size";
import { extensionOf } from "@/lib/documents/rules";
import type { DocumentSummary } from "@/lib/documents/schema";

/** Its type, how far its reading has got, its size and date; below, why it was not read. */
export function DocumentFacts({ document }: { document: DocumentSummary & { createdAt: Date } }) {
  const t = useTranslations("documents");
  const format = useFormatter();
  const size = useSize();
  const { name, type, sizeBytes, createdAt, failureCode } = document;
  const kind = (type ?? extensionOf(name)).toUpperCase();
  return (
    <>
      {kind && <>{kind} · </>}
      {!failureCode && (
        <>
          <Reading document={document} />
          {"\u00a0· "}
        </>
      )}
      {size(sizeBytes)}
      {" · "}
      <time dateTime={createdAt.toISOString()}>{format.dateTime(createdAt, { dateStyle: "long" })}</time>
      {failureCode && <span className="block text-danger">{t(`failures.${failureCode}`)}</span>}
    </>
  );
}
