"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { NewConversationIcon } from "@/components/ui/icons";
import { showToast } from "@/components/ui/toast";
import { unanswered } from "@/lib/errors/unanswered";
import { copyShareAction } from "@/lib/sharing/actions";

/** Goes on with what is shared in a conversation of one's own. */
export function CopyShareButton({ id }: { id: string }) {
  const t = useTranslations("sharing.page");
  const errors = useTranslations("errors");
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const copy = () =>
    startTransition(async () => {
      const result = await copyShareAction({ id }).catch(unanswered);
      if (!result.ok) return void showToast({ tone: "danger", text: errors(result.code) });
      router.push(`/conversations/${result.data.id}`);
      showToast({ text: t("copied") });
    });
  return (
    <Button variant="primary" isPending={isPending} onClick={copy}>
      <NewConversationIcon />
      {t("copy")}
    </Button>
  );
}
