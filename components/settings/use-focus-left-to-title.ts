import { type RefObject, useLayoutEffect, useRef } from "react";
import { useFocusHandedOn } from "@/components/ui/use-focus-handed-on";

/** When what the ref holds goes away with the focus in it, the focus goes to the title of its section of the settings. */
export function useFocusLeftToTitle<T extends HTMLElement>(): RefObject<T | null> {
  const title = useRef<HTMLElement>(null);
  const held = useFocusHandedOn<T>(() => title.current);
  useLayoutEffect(() => {
    title.current = held.current?.closest("section")?.querySelector("h2") ?? null;
  }, [held]);
  return held;
}
