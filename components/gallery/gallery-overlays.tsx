"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ChevronDownIcon, PencilIcon, TrashIcon } from "@/components/ui/icons";
import { Menu } from "@/components/ui/menu";
import { showToast } from "@/components/ui/toast";
import { Row } from "./gallery-part";

export function GalleryOverlays() {
  const t = useTranslations("gallery");
  const rows = useTranslations("conversations");
  const [isOpen, setOpen] = useState(false);
  const entries = [
    { id: "rename", label: rows("rename"), icon: <PencilIcon />, onSelect: () => setOpen(true) },
    { id: "delete", label: rows("delete"), icon: <TrashIcon />, tone: "danger", onSelect: () => undoable() },
  ] as const;
  const undoable = () =>
    showToast({
      text: t("toastText"),
      seconds: 10,
      action: { label: t("undo"), run: () => void showToast({ tone: "success", text: t("toastDone") }) },
    });
  return (
    <Row>
      <Menu label={t("menu")} entries={entries} placement="bottom start" className={buttonClass({})}>
        {t("menu")}
        <ChevronDownIcon className="size-4" />
      </Menu>
      <Button onClick={() => setOpen(true)}>{t("dialog")}</Button>
      <Button onClick={() => showToast({ tone: "success", text: t("toastDone") })}>{t("toast")}</Button>
      <Button onClick={undoable}>{t("toastUndo")}</Button>
      <Button onClick={() => showToast({ tone: "danger", text: t("toastFailed") })}>{t("toastError")}</Button>
      <Dialog isOpen={isOpen} title={rows("renaming.heading")} onClose={() => setOpen(false)}>
        <p>{t("dialogText")}</p>
      </Dialog>
    </Row>
  );
}
