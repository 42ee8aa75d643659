import { useFormatter, useTranslations } from "next-intl";
import { DisplayIcon } from "@/components/ui/icons";
import type { OpenSession } from "@/lib/auth/schema";
import { CloseSessionButton } from "./close-session-button";

export function SessionList({ sessions }: { sessions: readonly OpenSession[] }) {
  const t = useTranslations("settings.sessions");
  const format = useFormatter();
  const moment = (date: Date) => format.dateTime(date, { dateStyle: "long", timeStyle: "short" });
  return (
    <>
      <p className="text-sm text-muted">{t("description")}</p>
      <ul className="mt-3 divide-y divide-line">
        {sessions.map(({ id, device, createdAt, seenAt, isCurrent }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <DisplayIcon className="text-muted" />
            <div className="min-w-0 flex-1 basis-56">
              <p className="font-medium">
                {device}
                {isCurrent && (
                  <span className="ml-2 inline-block rounded-full bg-success-soft px-2.5 py-0.5 text-xs font-medium text-success">
                    {t("current")}
                  </span>
                )}
              </p>
              <p className="text-sm text-muted">{t("dates", { opened: moment(createdAt), seen: moment(seenAt) })}</p>
            </div>
            {!isCurrent && <CloseSessionButton id={id} name={`${device}, ${moment(seenAt)}`} />}
          </li>
        ))}
      </ul>
    </>
  );
}
