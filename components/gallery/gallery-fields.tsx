"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { ChoiceGroup } from "@/components/ui/choice-group";
import { DisplayIcon, MoonIcon, SunIcon } from "@/components/ui/icons";
import { Switch } from "@/components/ui/switch";
import { TextArea } from "@/components/ui/text-area";
import { TextField } from "@/components/ui/text-field";
import { THEMES, type Theme } from "@/lib/preferences/rules";
import { Part } from "./gallery-part";

const icons = { system: <DisplayIcon />, light: <SunIcon />, dark: <MoonIcon /> };

export function GalleryFields() {
  const t = useTranslations("gallery");
  const layout = useTranslations("layout.theme");
  const [theme, setTheme] = useState<Theme>("light");
  const [isOn, turn] = useState(true);
  return (
    <>
      <Part title={t("fields")}>
        <div className="grid gap-6 sm:grid-cols-2">
          <TextField label={t("name")} description={t("nameHelp")} defaultValue={t("value")} />
          <TextField label={t("name")} error={t("nameError")} />
          <TextField label={t("name")} defaultValue={t("value")} disabled />
          <TextArea label={t("message")} placeholder={t("placeholder")} rows={3} />
        </div>
      </Part>
      <Part title={t("choices")}>
        <div className="grid gap-6 sm:grid-cols-2">
          <Checkbox label={t("checkbox")} description={t("switchHelp")} defaultChecked />
          <Checkbox label={t("checkbox")} />
          <Switch label={t("switch")} description={t("switchHelp")} checked={isOn} onChange={turn} />
          <Switch
            label={t("switch")}
            description={t("switchHelp")}
            checked={!isOn}
            onChange={(isOff) => turn(!isOff)}
          />
        </div>
        <ChoiceGroup
          legend={t("choice")}
          choices={THEMES.map((value) => ({ value, label: layout(value), icon: icons[value] }))}
          value={theme}
          onChange={setTheme}
        />
      </Part>
    </>
  );
}
