"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";

const DeleteAccountDialog = lazy(async () => ({
  default: (await import("./delete-account-dialog")).DeleteAccountDialog,
}));

export function DeleteAccount({ email }: { email: string }) {
  const t = useTranslations("settings.deletion");
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <p className="text-muted">{t("about")}</p>
      <Button variant="danger" className="mt-4" onClick={() => setAsked(true)}>
        {t("open")}
      </Button>
      {isAsked && (
        <Suspense fallback={null}>
          <DeleteAccountDialog email={email} onClose={() => setAsked(false)} />
        </Suspense>
      )}
    </>
  );
}
