import { useTranslations } from "next-intl";
import { SESSION_WARNING_MINUTES } from "@/lib/auth/rules";
import { SessionNotice } from "./session-notice";

/** For the signed-in space: says that the session is about to end, lets the agent stay, and offers to come back after. */
export function SessionWatch() {
  const t = useTranslations("session");
  const minutes = Array.from({ length: SESSION_WARNING_MINUTES + 1 }, (_, minute) => minute);
  return (
    <SessionNotice
      texts={{
        label: t("label"),
        ends: minutes.map((left) => t("ends", { minutes: left })),
        endsForGood: minutes.map((left) => t("endsForGood", { minutes: left })),
        stay: t("stay"),
        stayed: t("stayed"),
        ended: t("ended"),
        signInAgain: t("signInAgain"),
      }}
    />
  );
}
