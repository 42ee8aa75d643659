import { useEffect, useState } from "react";

/** The moment the page was rendered, then the moment it is looked at again: a list left open overnight stays right. */
export function useNow(renderedAt: Date): Date {
  const [now, setNow] = useState(renderedAt);
  useEffect(() => {
    const look = () => document.visibilityState === "visible" && setNow(new Date());
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return now > renderedAt ? now : renderedAt;
}
