"use client";

import { PageFailure } from "@/components/layout/page-failure";

export default function AssistantError({ retry }: { retry: () => void }) {
  return <PageFailure onRetry={retry} />;
}
