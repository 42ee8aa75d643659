"use client";

import { useTranslations } from "next-intl";
import { copy } from "@/components/ui/clipboard";
import { FrameButton } from "./frame-button";
import { toRichText } from "./rich-text";
import { readTable, toCsv, toTsv } from "./table-text";

/** Takes a table to a word processor or a spreadsheet. */
export function TableTools() {
  const t = useTranslations("markdown");
  return (
    <>
      <FrameButton
        label={t("copyTable")}
        doneLabel={t("tableCopied")}
        failedLabel={t("copyFailed")}
        onPress={(frame) => copy({ text: toTsv(readTable(frame)), html: toRichText(frame) })}
      />
      <FrameButton
        label={t("downloadCsv")}
        doneLabel={t("csvDownloaded")}
        failedLabel={t("downloadFailed")}
        onPress={(frame) => download(toCsv(readTable(frame)), t("csvName"))}
      />
    </>
  );
}

function download(csv: string, name: string): void {
  const url = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
