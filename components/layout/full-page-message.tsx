import type { ReactNode } from "react";
import { PageTitle } from "./page-title";

/** What takes the place of a page that cannot be shown: what happened, and where to go. */
export function FullPageMessage({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className="mx-auto flex w-full max-w-xl flex-1 flex-col justify-center px-4 py-16">
      <PageTitle>{title}</PageTitle>
      <h1 className="text-3xl font-bold tracking-tight">{title}</h1>
      <p className="mt-4 text-lg text-muted">{text}</p>
      <div className="mt-8 flex flex-wrap gap-3">{children}</div>
    </div>
  );
}
