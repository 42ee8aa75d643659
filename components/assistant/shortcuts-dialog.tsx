"use client";

import { useTranslations } from "next-intl";
import { KeyList } from "@/components/help/key-list";
import { ShortcutsChoice } from "@/components/settings/shortcuts-choice";
import { Dialog } from "@/components/ui/dialog";

/** The list of the shortcuts, where they can be turned off (RGAA 12.10). */
export function ShortcutsDialog({ isEnabled, onClose }: { isEnabled: boolean; onClose: () => void }) {
  const t = useTranslations("shortcuts");
  return (
    <Dialog isOpen title={t("title")} onClose={onClose}>
      <KeyList />
      <div className="mt-5">
        <ShortcutsChoice isEnabled={isEnabled} />
      </div>
    </Dialog>
  );
}
