import { useFormatter, useTranslations } from "next-intl";
import { toSize } from "@/lib/documents/rules";

/** A number of bytes as it is read: « 640 o », « 12 ko », « 3,4 Mo », « 1 Go ». */
export function useSize(): (bytes: number) => string {
  const t = useTranslations("documents.size");
  const format = useFormatter();
  return (bytes) => {
    const { size, unit } = toSize(bytes);
    return t(unit, { size: format.number(size, { maximumFractionDigits: 1 }) });
  };
}
