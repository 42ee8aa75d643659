import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/**
 * The stored answer takes the place of the one that was followed, in another part of the page: whoever had the focus on one of
 * its buttons finds it on the same button. `storedIds` tells when that happens.
 */
export function useFocusKept(followed: RefObject<HTMLElement | null>, storedIds: readonly string[]): void {
  const focused = useRef<string | null>(null);

  useEffect(() => {
    const onFocusIn = ({ target }: FocusEvent) => {
      focused.current = target instanceof HTMLElement && followed.current?.contains(target) ? nameOf(target) : null;
    };
    // Browsers differ in what they fire when the element that has the focus is taken away; a click beside it is no doubt.
    const onPointerDown = () => {
      focused.current = null;
    };
    document.addEventListener("focusin", onFocusIn);
    document.addEventListener("pointerdown", onPointerDown);
    return () => {
      document.removeEventListener("focusin", onFocusIn);
      document.removeEventListener("pointerdown", onPointerDown);
    };
  }, [followed]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the stored messages are what takes over
  useLayoutEffect(() => {
    const name = focused.current;
    if (name === null || document.activeElement !== document.body) return;
    const answer = [...document.querySelectorAll(".messages article")].at(-1);
    const same = [...(answer?.querySelectorAll<HTMLElement>("button, summary") ?? [])].find(
      (element) => nameOf(element) === name,
    );
    same?.focus({ preventScroll: true });
  }, [storedIds]);
}

const nameOf = (element: HTMLElement): string => element.getAttribute("aria-label") ?? element.textContent ?? "";
