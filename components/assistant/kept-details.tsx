"use client";

import { type ReactNode, useState } from "react";

/** Those that are open. Written by clicks only, hence never on the server. */
const opened = new Set<string>();

/** What was unfolded in an answer being written stays so when the stored answer takes its place. `id`: the same in both. */
export function KeptDetails({ id, className, children }: { id: string; className: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(() => opened.has(id));
  return (
    <details
      open={isOpen}
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
        if (currentTarget.open) opened.add(id);
        else opened.delete(id);
      }}
      className={className}
    >
      {children}
    </details>
  );
}
