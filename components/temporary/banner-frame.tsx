import { useTranslations } from "next-intl";
import { Button, ButtonLink } from "@/components/ui/button";
import { TemporaryIcon } from "@/components/ui/icons";
import { TEMPORARY_HOME } from "@/lib/temporary/rules";

type BannerFrameProps = {
  /** When it ends at the latest, written out. */
  end: string;
  isGone?: boolean;
  isPending?: boolean;
  onKeep: () => void;
  onClose: () => void;
};

/** What a temporary conversation is, and what can be done with it. */
export function BannerFrame({ end, isGone = false, isPending = false, onKeep, onClose }: BannerFrameProps) {
  const t = useTranslations("temporary");
  return (
    <section
      aria-label={t("title")}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control border border-line bg-surface px-4 py-1.5 text-sm"
    >
      <TemporaryIcon className="size-4 text-muted" />
      <p role="status" className="min-w-48 flex-1 py-1">
        {isGone ? t("gone") : t.rich("banner", { end, strong: (words) => <strong>{words}</strong> })}
      </p>
      <span className="-mr-2 flex flex-wrap gap-1">
        {isGone ? (
          <ButtonLink size="small" variant="quiet" href={TEMPORARY_HOME}>
            {t("again")}
          </ButtonLink>
        ) : (
          <>
            <Button size="small" variant="quiet" isPending={isPending} onClick={onKeep}>
              {t("keep")}
            </Button>
            <Button size="small" variant="quiet" isPending={isPending} onClick={onClose}>
              {t("close")}
            </Button>
          </>
        )}
      </span>
    </section>
  );
}
