"use client";

import { useTranslations } from "next-intl";
import { Button } from "./button";

type DialogActionsProps = {
  /** What the dialog does, on the button that does it. */
  go: string;
  tone?: "primary" | "danger";
  isPending?: boolean;
  isDisabled?: boolean;
  /** Absent in a form, which is then sent. */
  onGo?: (() => void) | undefined;
  onCancel: () => void;
  /** The focus begins on what changes nothing. */
  isCautious?: boolean;
};

/** The end of a dialog: leave everything as it was, or go on. */
export function DialogActions(props: DialogActionsProps) {
  const { go, tone = "primary", isPending, isDisabled, onGo, onCancel, isCautious } = props;
  const t = useTranslations("ui");
  return (
    <div className="flex flex-wrap justify-end gap-3">
      <Button onClick={onCancel} autoFocus={isCautious}>
        {t("cancel")}
      </Button>
      <Button
        type={onGo ? "button" : "submit"}
        variant={tone}
        disabled={isDisabled}
        isPending={isPending ?? false}
        onClick={onGo}
      >
        {go}
      </Button>
    </div>
  );
}
