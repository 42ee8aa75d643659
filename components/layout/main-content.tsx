import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { CONTENT_ID } from "./skip-links";

/** The main landmark, to which « Aller au contenu » leads. */
export function MainContent({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <main id={CONTENT_ID} tabIndex={-1} className={classNames("flex flex-1 flex-col", className)}>
      {children}
    </main>
  );
}
