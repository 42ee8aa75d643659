import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { TemporaryIcon, TrashIcon } from "@/components/ui/icons";
import { TEMPORARY_HOME } from "@/lib/temporary/rules";

type BannerFrameProps = {
  /** At the latest. */
  endsAt: Date;
  isGone?: boolean;
  isPending?: boolean;
  onKeep: () => void;
  onClose: () => void;
};

/** What a temporary conversation is, and what can be done with it. */
export function BannerFrame({ endsAt, isGone = false, isPending = false, onKeep, onClose }: BannerFrameProps) {
  const t = useTranslations("temporary");
  const format = useFormatter();
  const end = format.dateTime(endsAt, { dateStyle: "long", timeStyle: "short" });
  // Within a day: the name of the day says which.
  const day = format.dateTime(endsAt, { weekday: "long" });
  const time = format.dateTime(endsAt, { timeStyle: "short" });
  const strong = (words: ReactNode) => <strong>{words}</strong>;
  return (
    <section
      aria-label={t("title")}
      className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-control border border-line bg-surface px-3 py-1.5 text-sm sm:gap-x-3 sm:px-4"
    >
      <TemporaryIcon className="size-4 text-muted max-sm:hidden" />
      <p role="status" className="min-w-28 flex-1 py-1 sm:min-w-48">
        {isGone ? (
          t("gone")
        ) : (
          <>
            <span className="sm:hidden">{t.rich("bannerShort", { day, time, strong })}</span>
            <span className="max-sm:hidden">{t.rich("banner", { end, strong })}</span>
          </>
        )}
      </p>
      <span className="-mr-2 flex flex-wrap gap-1">
        {isGone ? (
          <ButtonLink size="small" variant="quiet" href={TEMPORARY_HOME}>
            {t("again")}
          </ButtonLink>
        ) : (
          <>
            <Button size="small" variant="quiet" className="max-sm:px-2" isPending={isPending} onClick={onKeep}>
              {t("keep")}
            </Button>
            <Button size="small" variant="quiet" className="max-sm:px-2" isPending={isPending} onClick={onClose}>
              <TrashIcon className="size-4 sm:hidden" />
              <span className="max-sm:sr-only">{t("close")}</span>
            </Button>
          </>
        )}
      </span>
    </section>
  );
}
