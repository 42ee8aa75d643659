import { type ReactNode, useId } from "react";
import { GroupTitle } from "./group-title";

/** Rows of conversations under a title. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-3 first:mt-1">
      <GroupTitle id={id}>{title}</GroupTitle>
      <ul>{children}</ul>
    </section>
  );
}
