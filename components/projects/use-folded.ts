import { useCallback, useSyncExternalStore } from "react";

const KEY = "projects-folded";
const watchers = new Set<() => void>();
/** As this tab has it, when the workstation keeps nothing. */
let kept: boolean | null = null;

function isFolded(): boolean {
  try {
    kept ??= localStorage.getItem(KEY) !== null;
  } catch {
    kept = false; // storage is forbidden on this workstation
  }
  return kept;
}

function fold(next: boolean): void {
  kept = next;
  try {
    if (next) localStorage.setItem(KEY, "");
    else localStorage.removeItem(KEY);
  } catch {
    // forbidden or full: it lasts as long as the page
  }
  for (const watcher of watchers) watcher();
}

/** Whether the projects are folded in the sidebar, remembered on this workstation. */
export function useFolded(): [boolean, (isFolded: boolean) => void] {
  const subscribe = useCallback((watcher: () => void) => {
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  }, []);
  return [useSyncExternalStore(subscribe, isFolded, () => false), fold];
}
