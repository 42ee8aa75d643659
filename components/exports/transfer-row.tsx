import { useFormatter, useTranslations } from "next-intl";
import { useSize } from "@/components/documents/use-size";
import { Button, buttonClass } from "@/components/ui/button";
import { DownloadIcon, ErrorIcon, SuccessIcon, TrashIcon } from "@/components/ui/icons";
import { progressClass } from "@/components/ui/progress-class";
import { Spinner } from "@/components/ui/spinner";
import type { Transfer } from "@/lib/export/schema";
import { ImportOutcome } from "./import-outcome";

/** One export or import: how far it has got, and what can be done with it. */
export function TransferRow({ transfer, onRemove }: { transfer: Transfer; onRemove: () => void }) {
  const t = useTranslations("exports.settings");
  const format = useFormatter();
  const { id, kind, state, fileName, createdAt, report } = transfer;
  const isOver = state === "done" || state === "failed";
  const date = format.dateTime(createdAt, { dateStyle: "long", timeStyle: "short" });
  const name = t("started", { kind: t(`kinds.${kind}`), date });
  return (
    <li className="flex gap-3 py-4">
      <State state={state} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-medium wrap-anywhere">{fileName ?? t(`kinds.${kind}`)}</p>
        <Facts transfer={transfer} />
        {report && <ImportOutcome report={report} />}
        <div className="mt-1.5 flex flex-wrap items-center gap-2">
          {state === "done" && kind !== "import" && (
            <a
              href={`/api/exports/${id}`}
              download={fileName ?? ""}
              aria-label={t("downloadNamed", { name })}
              className={buttonClass({ size: "small" })}
            >
              <DownloadIcon className="size-4" />
              {t("download")}
            </a>
          )}
          <Button
            size="small"
            variant="quiet"
            aria-label={isOver ? t("deleteNamed", { name }) : t("cancelNamed", { name })}
            onClick={onRemove}
          >
            {isOver && <TrashIcon className="size-4" />}
            {isOver ? t("delete") : t("cancel")}
          </Button>
        </div>
      </div>
    </li>
  );
}

function State({ state }: Pick<Transfer, "state">) {
  if (state === "failed") return <ErrorIcon className="mt-0.5 text-danger" />;
  return state === "done" ? <SuccessIcon className="mt-0.5 text-success" /> : <Spinner className="mt-0.5 size-5" />;
}

function Facts({ transfer }: { transfer: Transfer }) {
  const t = useTranslations("exports.settings");
  const errors = useTranslations("errors");
  const format = useFormatter();
  const size = useSize();
  const { state, failureCode, done, total, sizeBytes, createdAt, expiresAt, kind } = transfer;
  const moment = (date: Date) => format.dateTime(date, { dateStyle: "long", timeStyle: "short" });
  const started = <time dateTime={createdAt.toISOString()}>{moment(createdAt)}</time>;
  if (state === "failed") return <p className="text-sm text-danger">{errors(failureCode ?? "unexpected")}</p>;
  if (state === "done") {
    return (
      <p className="text-sm text-muted">
        {kind === "import" || sizeBytes === null
          ? started
          : t("ready", { size: size(sizeBytes), date: moment(expiresAt) })}
      </p>
    );
  }
  if (state === "waiting") return <p className="text-sm text-muted">{t("waiting")}</p>;
  const said = total > 0 ? t("running", { done, total }) : t("starting");
  return (
    <>
      <p className="text-sm text-muted">{said}</p>
      {total > 0 && <progress aria-label={said} max={total} value={done} className={progressClass} />}
    </>
  );
}
