import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import { InfoIcon } from "@/components/ui/icons";
import { LEAVING_ANCHOR, TRASH_PATH } from "@/lib/trash/rules";

type LeavingNoticeProps = { leaving: Promise<{ count: number; first: Date } | null> };

/** Below the list of conversations: that some of them leave soon for want of use, and where to keep them. */
export async function LeavingNotice({ leaving }: LeavingNoticeProps) {
  const found = await leaving;
  if (!found) return null;
  const [t, format] = await Promise.all([getTranslations("conversations"), getFormatter()]);
  return (
    <Link
      href={`${TRASH_PATH}#${LEAVING_ANCHOR}`}
      prefetch={false}
      className="flex items-start gap-2 border-t border-line px-5 py-2.5 text-sm text-muted -outline-offset-2 hover:bg-surface-hover hover:text-default"
    >
      <InfoIcon className="mt-0.5 size-4" />
      <span>
        {t("leaving", { count: found.count, date: format.dateTime(found.first, { day: "numeric", month: "long" }) })}
      </span>
    </Link>
  );
}
