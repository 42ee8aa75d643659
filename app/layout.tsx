import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "@/components/layout/client-messages";
import { CspNonce } from "@/components/layout/csp-nonce";
import { ToastRegion } from "@/components/ui/toast-region";
import { NONCE_HEADER } from "@/lib/http/security-headers";
import { findTheme } from "@/lib/preferences/queries";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("layout");
  return { description: t("description") };
}

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined;
  return (
    <html lang={await getLocale()} data-theme={await findTheme()}>
      <head>
        <CspNonce nonce={nonce} />
      </head>
      <body>
        <ClientMessages>
          {children}
          <ToastRegion />
        </ClientMessages>
      </body>
    </html>
  );
}
