import { useTranslations } from "next-intl";
import type { Refusal } from "@/lib/errors/app-error";
import { reopening } from "@/lib/errors/reopening";

/** Why a question was not accepted, and when it will be. */
export function useRefusalSentence(): (refusal: Refusal | "network") => string {
  const t = useTranslations("assistant");
  const errors = useTranslations("errors");
  return (refusal) => {
    if (refusal === "network") return t("network");
    const sentence = errors(refusal.code, refusal.details);
    if (!refusal.reopensAt) return sentence;
    const { date, time } = reopening(new Date(refusal.reopensAt), new Date());
    return `${sentence} ${date ? t("limit.reopensOn", { date, time }) : t("limit.reopensAt", { time })}`;
  };
}
