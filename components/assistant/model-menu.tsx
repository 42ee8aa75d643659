"use client";

import { useLocale, useTranslations } from "next-intl";
import type { RefObject } from "react";
import { I18nProvider, Menu, MenuItem, Popover, Text } from "react-aria-components";
import { CheckIcon } from "@/components/ui/icons";
import type { ModelChoice } from "@/lib/models/schema";
import { ModelNote } from "./model-note";

type ModelMenuProps = {
  models: readonly ModelChoice[];
  chosenId: string;
  trigger: RefObject<HTMLElement | null>;
  onChoose: (id: string) => void;
  onClose: () => void;
};

export function ModelMenu({ models, chosenId, trigger, onChoose, onClose }: ModelMenuProps) {
  const t = useTranslations("assistant.models");
  return (
    <I18nProvider locale={useLocale()}>
      <Popover
        triggerRef={trigger}
        isOpen
        onOpenChange={(isOpen) => !isOpen && onClose()}
        placement="top start"
        className="max-w-[min(24rem,calc(100vw-2rem))] animate-appear overflow-auto rounded-card border border-line bg-surface-raised p-1.5 shadow-overlay outline-none"
      >
        <Menu
          aria-label={t("choose")}
          autoFocus="first"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[chosenId]}
          onSelectionChange={(keys) => {
            for (const key of keys) onChoose(String(key));
          }}
          onClose={onClose}
          className="outline-none"
        >
          {models.map((model) => (
            <MenuItem
              key={model.id}
              id={model.id}
              textValue={model.label}
              className="flex min-h-target cursor-pointer items-start gap-3 rounded-control px-3 py-2 text-sm text-default -outline-offset-2 data-focused:bg-surface-hover"
            >
              {({ isSelected }) => (
                <>
                  <CheckIcon className={isSelected ? "mt-0.5 size-4" : "mt-0.5 size-4 invisible"} />
                  <span className="flex min-w-0 flex-col gap-0.5">
                    <Text slot="label" className="font-medium wrap-anywhere">
                      {model.label}
                    </Text>
                    <Text slot="description">
                      <ModelNote model={model} />
                    </Text>
                  </span>
                </>
              )}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </I18nProvider>
  );
}
