import { useTranslations } from "next-intl";
import { KeyList } from "./key-list";

export function KeyboardHelp() {
  const t = useTranslations("help.keyboard");
  return (
    <>
      <KeyList />
      <p>{t("turnOff")}</p>
      <p>{t("skip")}</p>
    </>
  );
}
