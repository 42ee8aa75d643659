import type { CitedSource } from "@/lib/conversations/schema";

export type OpenedSource = {
  answerId: string;
  source: CitedSource;
  /** Grows at each opening: what is opened again takes the focus again. */
  opening: number;
};

let opened: OpenedSource | null = null;
let opener: HTMLElement | null = null;
let openings = 0;
const watchers = new Set<() => void>();

/** The source that the panel shows, if any. */
export const openedSource = {
  subscribe(watcher: () => void): () => void {
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  },
  current: () => opened,
  onServer: () => null,
};

function change(next: OpenedSource | null): void {
  opened = next;
  for (const watcher of watchers) watcher();
}

export function openSource(answerId: string, source: CitedSource, from: HTMLElement): void {
  openings += 1;
  opener = from;
  change({ answerId, source, opening: openings });
}

/** The focus goes back to what opened the panel, or to the same marker in the stored answer that took its place. */
export function closeSource(): void {
  if (!opened) return;
  const { answerId, source } = opened;
  const key = sourceKey(answerId, source.number);
  change(null);
  requestAnimationFrame(() => {
    const again = opener?.isConnected ? opener : document.querySelector<HTMLElement>(`[data-source="${key}"]`);
    again?.focus({ preventScroll: true });
    again?.scrollIntoView({ block: "nearest" });
    opener = null;
  });
}

/** One goes elsewhere: nothing is given back. */
export function forgetSource(): void {
  opener = null;
  if (opened) change(null);
}

/** What the markers of a source carry, in `data-source`. */
export const sourceKey = (answerId: string, number: number): string => `${answerId} ${number}`;
