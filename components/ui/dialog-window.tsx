"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { Dialog, Heading, I18nProvider, Modal, ModalOverlay } from "react-aria-components";
import { IconButton } from "./icon-button";
import { CloseIcon } from "./icons";

type DialogWindowProps = {
  title: string;
  role?: "dialog" | "alertdialog" | undefined;
  onClose: () => void;
  children: ReactNode;
};

export function DialogWindow({ title, role = "dialog", onClose, children }: DialogWindowProps) {
  const t = useTranslations("ui");
  useFocusBack();
  return (
    <I18nProvider locale={useLocale()}>
      <ModalOverlay
        isOpen
        isDismissable={role === "dialog"}
        onOpenChange={(isOpen) => !isOpen && onClose()}
        className="fixed inset-0 z-50 flex items-start justify-center overflow-y-auto bg-backdrop p-4"
      >
        {/* Margins rather than alignment: the top of a dialog that is higher than the screen can be scrolled to. */}
        <Modal className="mt-auto w-full max-w-md animate-appear rounded-card border border-line bg-surface-raised shadow-overlay sm:mb-auto">
          <Dialog role={role} className="p-6 outline-none">
            <div className="flex items-start justify-between gap-4">
              <Heading slot="title" level={2} className="text-xl font-semibold">
                {title}
              </Heading>
              <IconButton label={t("close")} size="small" onClick={onClose} className="-mt-1 -mr-2">
                <CloseIcon />
              </IconButton>
            </div>
            <div className="mt-4">{children}</div>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </I18nProvider>
  );
}

/** React Aria forgets what opened the dialog when that was a menu, itself gone. */
function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        requestAnimationFrame(() => {
          if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
        });
      });
    },
    [opener],
  );
}
