import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";
import type { Theme } from "@/lib/preferences/rules";
import type { Profile } from "@/lib/preferences/schema";
import { AccountMenu } from "./account-menu";
import { Brand } from "./brand";
import { MainContent } from "./main-content";
import { SiteFooter } from "./site-footer";
import { SkipLinks } from "./skip-links";
import { ThemeSelect } from "./theme-select";

type PublicShellProps = {
  /** Null for a visitor. */
  profile: Pick<Profile, "givenName" | "usualName"> | null;
  theme: Theme;
  children: ReactNode;
};

/** Around the pages that are not a conversation. */
export async function PublicShell({ profile, theme, children }: PublicShellProps) {
  const t = await getTranslations("layout.public");
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLinks />
      <header className="border-b border-line bg-page">
        <div className="mx-auto flex min-h-16 w-full max-w-6xl flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
          <Brand />
          <div className="ml-auto flex items-center gap-2">
            {profile ? (
              <>
                <ButtonLink href="/" variant="quiet" size="small" className="max-sm:hidden">
                  {t("backToAssistant")}
                </ButtonLink>
                <AccountMenu givenName={profile.givenName} usualName={profile.usualName} />
              </>
            ) : (
              <ButtonLink href="/connexion" size="small">
                {t("signIn")}
              </ButtonLink>
            )}
          </div>
        </div>
      </header>
      <MainContent>{children}</MainContent>
      <div className="mt-12 border-t border-line bg-surface py-3">
        <SiteFooter>
          <ThemeSelect theme={theme} />
        </SiteFooter>
      </div>
    </div>
  );
}
