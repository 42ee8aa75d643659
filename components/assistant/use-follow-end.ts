"use client";

import { useEffect, useRef } from "react";

const NEAR_PX = 120;

export const isNearEnd = (): boolean => {
  const { scrollHeight } = document.documentElement;
  return window.scrollY + window.innerHeight >= scrollHeight - NEAR_PX;
};

export const scrollToEnd = (): void => window.scrollTo({ top: document.documentElement.scrollHeight });

/**
 * Keeps the end of the page in sight while what the returned ref holds grows, as long as the reader is there: scrolling
 * up stays where one scrolled. A conversation opens at its end, and goes there again with each question asked.
 */
export function useFollowEnd(conversationId: string, askedId: string | undefined) {
  const growing = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (askedId) scrollToEnd();
  }, [askedId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation opens at its own end
  useEffect(() => {
    const element = growing.current;
    if (!element) return;
    scrollToEnd();
    let isFollowing = true;
    let before = window.scrollY;
    // Far from the end without having gone up: what is below has grown by much at once.
    const onScroll = () => {
      const isGoingUp = window.scrollY < before;
      before = window.scrollY;
      if (isNearEnd()) isFollowing = true;
      else if (isGoingUp) isFollowing = false;
    };
    const observer = new ResizeObserver(() => isFollowing && scrollToEnd());
    observer.observe(element);
    window.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      window.removeEventListener("scroll", onScroll);
    };
  }, [conversationId]);

  return growing;
}
