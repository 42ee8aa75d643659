"use client";

import { useEffect, useRef } from "react";
import { watchScrollGestures } from "./scroll-gestures";

const NEAR_PX = 120;

export const isNearEnd = (): boolean => {
  const { scrollHeight } = document.documentElement;
  return window.scrollY + window.innerHeight >= scrollHeight - NEAR_PX;
};

const scrollToEnd = (): void => window.scrollTo({ top: document.documentElement.scrollHeight });

const followers = new Set<() => void>();

/** Goes to the end, and stays there as it grows, even if it grows before the browser tells of the scroll. */
export function goToEnd(): void {
  for (const follow of followers) follow();
  scrollToEnd();
}

/**
 * Keeps the end of the page in sight while what the returned ref holds grows, as long as the reader is there: scrolling
 * up stays where one scrolled. A conversation opens at its end, unless it `opensElsewhere`, and goes there again with each
 * question asked.
 */
export function useFollowEnd(conversationId: string, askedId: string | undefined, opensElsewhere = false) {
  const growing = useRef<HTMLDivElement>(null);
  const isOpenedElsewhere = useRef(opensElsewhere);

  useEffect(() => {
    if (askedId) goToEnd();
  }, [askedId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation opens at its own end
  useEffect(() => {
    const element = growing.current;
    if (!element) return;
    let isFollowing = !isOpenedElsewhere.current;
    if (isFollowing) scrollToEnd();
    let before = window.scrollY;
    const gestures = watchScrollGestures();
    const follow = () => {
      isFollowing = true;
      gestures.forget();
    };
    // Far from the end without having gone up: what is below has grown by much at once. Slightly up without a gesture:
    // the page has shrunk and grown again, as when the stored answer takes the place of the one that was streamed. Up by
    // much without a gesture: what searches in the page, what reads it aloud.
    const onScroll = () => {
      const up = before - window.scrollY;
      before = window.scrollY;
      if (isNearEnd()) isFollowing = true;
      else if (up > window.innerHeight / 2 || (up > 0 && gestures.isUnderWay())) isFollowing = false;
    };
    const observer = new ResizeObserver(() => isFollowing && scrollToEnd());
    observer.observe(element);
    followers.add(follow);
    window.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      followers.delete(follow);
      gestures.stop();
      window.removeEventListener("scroll", onScroll);
    };
  }, [conversationId]);

  return growing;
}
