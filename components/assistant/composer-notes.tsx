import Link from "next/link";
import { useTranslations } from "next-intl";

/** Always visible: whom one talks to, and what not to tell it. */
export function ComposerNotes() {
  const t = useTranslations("assistant.notes");
  return (
    <p className="mt-2 text-center text-xs text-muted">
      {t("mayBeWrong")}{" "}
      <Link href="/aide#donnees-personnelles" prefetch={false} className="inline-block underline">
        {t("noPersonalData")}
      </Link>
    </p>
  );
}
