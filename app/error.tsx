"use client";

import { PageFailure } from "@/components/layout/page-failure";

export default function PageError({ retry }: { retry: () => void }) {
  return (
    <main className="flex min-h-dvh flex-col">
      <PageFailure onRetry={retry} />
    </main>
  );
}
