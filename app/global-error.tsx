"use client";

import { lazy, Suspense } from "react";
import "./globals.css";

// Carries its own messages: loaded only when everything else has failed.
const ServiceFailure = lazy(async () => ({
  default: (await import("@/components/layout/service-failure")).ServiceFailure,
}));

export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="fr" data-theme="system">
      <body>
        <Suspense fallback={null}>
          <ServiceFailure onRetry={retry} />
        </Suspense>
      </body>
    </html>
  );
}
