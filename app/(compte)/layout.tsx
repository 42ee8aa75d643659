import type { ReactNode } from "react";
import { PublicShell } from "@/components/layout/public-shell";
import { findActor } from "@/lib/auth/actor";
import { findTheme, getProfile } from "@/lib/preferences/queries";

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const actor = await findActor();
  return (
    <PublicShell profile={actor && (await getProfile(actor))} theme={await findTheme()}>
      {children}
    </PublicShell>
  );
}
