"use client";

import { useTranslations } from "next-intl";
import { ChevronDownIcon, HelpIcon, SettingsIcon, SignOutIcon } from "@/components/ui/icons";
import { Menu } from "@/components/ui/menu";
import { showToast } from "@/components/ui/toast";

type AccountMenuProps = { givenName: string; usualName: string };

export function AccountMenu({ givenName, usualName }: AccountMenuProps) {
  const t = useTranslations("layout.account");
  const name = `${givenName} ${usualName}`;
  const leave = () => void signOut().catch(() => showToast({ tone: "danger", text: t("signOutFailed") }));
  return (
    <Menu
      label={t("label", { name })}
      className="inline-flex min-h-target items-center gap-2 rounded-control px-2 text-sm font-medium transition-colors hover:bg-surface-hover"
      entries={[
        { id: "settings", label: t("settings"), icon: <SettingsIcon />, href: "/parametres" },
        { id: "help", label: t("help"), icon: <HelpIcon />, href: "/aide" },
        { id: "sign-out", label: t("signOut"), icon: <SignOutIcon />, onSelect: leave },
      ]}
    >
      <span
        // Drawn rather than written: what is written in a button has to be in its accessible name.
        data-initials={initials(givenName, usualName)}
        className="inline-flex size-8 items-center justify-center rounded-full bg-action-soft text-xs font-semibold text-action before:content-[attr(data-initials)]"
      />
      <span className="hidden max-w-48 truncate sm:inline">{name}</span>
      <ChevronDownIcon className="size-4 text-muted" />
    </Menu>
  );
}

const initials = (...names: string[]) => names.map((name) => [...name][0]?.toLocaleUpperCase("fr")).join("");

/** Ends the session here, then goes where it also ends at ProConnect. */
async function signOut(): Promise<void> {
  const response = await fetch("/api/session/end", { method: "POST" });
  const answer: { url?: unknown } = await response.json();
  if (!response.ok || typeof answer.url !== "string") throw new Error("the session was not ended");
  window.location.assign(answer.url);
}
