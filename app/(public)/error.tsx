"use client";

import { PageFailure } from "@/components/layout/page-failure";

export default function PublicError({ retry }: { retry: () => void }) {
  return <PageFailure onRetry={retry} />;
}
