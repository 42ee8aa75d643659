import { useTranslations } from "next-intl";
import { StoredMarkdown } from "@/components/markdown/stored-markdown";
import { usePlace } from "@/components/sources/use-place";
import { DocumentIcon } from "@/components/ui/icons";
import type { SharedFile, SharedMessage, SharedSource } from "@/lib/sharing/schema";

/** What a link shows: the messages as they were, drawn on the server, with nothing to do in them. */
export function SharedThread({ shareId, messages }: { shareId: string; messages: readonly SharedMessage[] }) {
  const t = useTranslations("assistant");
  return (
    <div className="mt-8 flex flex-col gap-8">
      {messages.map(({ id, author, text, modelLabel, sources, documents }) =>
        author === "agent" ? (
          <article key={id} className="flex flex-col items-end">
            <h2 className="sr-only">{t("you")}</h2>
            <Files shareId={shareId} files={documents} />
            <p className="max-w-[85%] whitespace-pre-wrap rounded-card rounded-br-sm bg-action-soft px-4 py-2.5 wrap-anywhere">
              {text}
            </p>
          </article>
        ) : (
          <article key={id} className="flex flex-col gap-3">
            <h2 className="sr-only">{t("assistant")}</h2>
            <div className="md wrap-anywhere">
              <StoredMarkdown messageId={id}>{text}</StoredMarkdown>
            </div>
            <Sources sources={sources} />
            {modelLabel && <p className="text-sm text-muted">{modelLabel}</p>}
          </article>
        ),
      )}
    </div>
  );
}

function Files({ shareId, files }: { shareId: string; files: readonly SharedFile[] }) {
  const t = useTranslations("sharing.page");
  if (files.length === 0) return null;
  return (
    <ul className="mb-2 flex max-w-[85%] flex-wrap justify-end gap-2 text-sm">
      {files.map(({ id, name, fileId }) => (
        <li key={id} className="min-w-0 max-w-full">
          {fileId ? (
            <a
              href={`/api/shares/${shareId}/documents/${id}`}
              download={name}
              title={t("download", { name })}
              className="flex items-center gap-2 rounded-control border border-line bg-surface px-3 py-1.5 hover:bg-surface-hover"
            >
              <DocumentIcon className="size-4 text-action" />
              <span className="truncate">{name}</span>
            </a>
          ) : (
            <span className="flex items-center gap-2 rounded-control border border-line px-3 py-1.5 text-muted">
              <DocumentIcon className="size-4" />
              <span className="truncate">{t("notShared", { name })}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Sources({ sources }: { sources: readonly SharedSource[] }) {
  const t = useTranslations("sharing.page");
  if (sources.length === 0) return null;
  return (
    <section className="text-sm">
      <h3 className="font-semibold text-muted">{t("sources")}</h3>
      <ol className="mt-1 flex flex-col gap-2">
        {sources.map((source) => (
          <Source key={source.number} source={source} />
        ))}
      </ol>
    </section>
  );
}

function Source({ source: { number, name, page, url, passage } }: { source: SharedSource }) {
  const place = usePlace();
  const isWeb = url !== null && /^https?:\/\//.test(url);
  return (
    <li className="flex gap-2">
      <span className="min-w-6 shrink-0 text-muted tabular-nums">[{number}]</span>
      <div className="min-w-0 wrap-anywhere">
        {isWeb ? (
          <a href={url} target="_blank" rel="noopener noreferrer" className="text-link">
            {name}
          </a>
        ) : (
          <span className="font-medium">{name}</span>
        )}
        {page && <span className="text-muted">, {place(page)}</span>}
        {isWeb && <span className="text-muted">, {new URL(url).hostname}</span>}
        {passage && <blockquote className="mt-1 border-l-2 border-line-strong pl-3 text-muted">{passage}</blockquote>}
      </div>
    </li>
  );
}
