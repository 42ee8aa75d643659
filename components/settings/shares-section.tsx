import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { sharePath } from "@/lib/sharing/rules";
import type { ShareSummary } from "@/lib/sharing/schema";
import { RevokeShareButton } from "./revoke-share-button";
import { SettingsSection } from "./settings-section";

/** The links that still open, each of which can be closed. */
export function SharesSection({ shares }: { shares: readonly ShareSummary[] }) {
  const t = useTranslations("sharing.list");
  const format = useFormatter();
  const day = (date: Date) => format.dateTime(date, { dateStyle: "long" });
  return (
    <SettingsSection title={t("title")}>
      {shares.length === 0 && <p className="text-sm text-muted">{t("none")}</p>}
      <ul className="divide-y divide-line">
        {shares.map(({ id, title, withDocuments, createdAt, expiresAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <div className="min-w-0 flex-1 basis-56">
              <Link href={sharePath(id)} prefetch={false} className="text-link wrap-anywhere">
                {title}
              </Link>
              <p className="text-sm text-muted">
                {t("dates", { created: day(createdAt), until: day(expiresAt) })}
                {withDocuments && `, ${t("withDocuments")}`}
              </p>
            </div>
            <RevokeShareButton id={id} title={title} />
          </li>
        ))}
      </ul>
    </SettingsSection>
  );
}
