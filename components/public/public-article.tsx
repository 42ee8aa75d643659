import type { ReactNode } from "react";
import { PageTitle } from "@/components/layout/page-title";

/** A public page: one title, then its text. */
export function PublicArticle({ title, children }: { title: string; children: ReactNode }) {
  return (
    <article className="mx-auto w-full max-w-3xl px-4 py-10">
      <PageTitle>{title}</PageTitle>
      <h1 className="text-3xl font-bold text-default">{title}</h1>
      {children}
    </article>
  );
}
