import { useSyncExternalStore } from "react";

/** Whether the screen is as the media query says; the server takes it that it is not. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (watcher) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", watcher);
      return () => media.removeEventListener("change", watcher);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}
