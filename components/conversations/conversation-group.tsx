import { type CSSProperties, type ReactNode, useId } from "react";
import { GroupTitle } from "./group-title";

/**
 * Not laid out while it is out of sight: there may be thousands of rows. Asked of the groups, not of each row: a browser that has to
 * look at each of four thousand to know whether it is in sight takes 30 ms a frame, against 3.
 */
export const groupClass = "mt-3 first:mt-1 [content-visibility:auto]";

const TITLE_REM = 1.75;
const ROW_REM = 2.5;

/** How high a group of so many rows is taken to be until it has been seen. */
export const groupSize = (rows: number): CSSProperties => ({
  containIntrinsicBlockSize: `auto ${TITLE_REM + rows * ROW_REM}rem`,
});

type GroupProps = { title: string; size: number; children: ReactNode };

/** Rows of conversations under a title; `size`: how many. */
export function Group({ title, size, children }: GroupProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={groupClass} style={groupSize(size)}>
      <GroupTitle id={id}>{title}</GroupTitle>
      <ul>{children}</ul>
    </section>
  );
}
