import { useTranslations } from "next-intl";

/** Milliseconds as they are read: « 0,8 s », « 12 s », « 1 min 12 s ». */
export function useDuration(): (milliseconds: number) => string {
  const t = useTranslations("assistant.duration");
  return (milliseconds) => {
    const precise = Math.round(milliseconds / 100) / 10;
    if (precise === 0) return t("instant");
    const seconds = precise < 10 ? precise : Math.round(milliseconds / 1000);
    if (seconds < 60) return t("seconds", { seconds });
    return t("minutes", { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  };
}
