import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * When what the ref holds goes away with the focus in it, whoever had it goes on from what `next` gives, which is asked for once
 * the page is drawn without it. Who was elsewhere stays there.
 */
export function useFocusHandedOn<T extends HTMLElement>(
  next: () => HTMLElement | null | undefined,
): RefObject<T | null> {
  const held = useRef<T>(null);
  const latest = useRef(next);
  latest.current = next;
  useLayoutEffect(() => {
    const element = held.current;
    return () => {
      if (!element?.contains(document.activeElement)) return;
      queueMicrotask(() => {
        if (document.activeElement === document.body) latest.current()?.focus();
      });
    };
  }, []);
  return held;
}
