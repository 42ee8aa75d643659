import { useFormatter, useTranslations } from "next-intl";

const KILOBYTE = 1_000;

/** A number of bytes as it is read: « 640 o », « 12 ko », « 3,4 Mo ». */
export function useSize(): (bytes: number) => string {
  const t = useTranslations("documents.size");
  const format = useFormatter();
  return (bytes) => {
    if (bytes < KILOBYTE) return t("bytes", { size: bytes });
    const kilobytes = bytes / KILOBYTE;
    if (kilobytes < KILOBYTE) return t("kilobytes", { size: Math.round(kilobytes) });
    return t("megabytes", { size: format.number(kilobytes / KILOBYTE, { maximumFractionDigits: 1 }) });
  };
}
