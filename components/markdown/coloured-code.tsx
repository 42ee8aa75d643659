"use client";

import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import type { ColouredTree } from "./colours";

/** Code that has not grown for so long is taken as written. */
const SETTLED_MS = 300;
/** How far from the screen the colours are made ready. */
const NEAR = "400px 0px";
const REMEMBERED_MAX = 100;

type Coloured = { code: string; tree: ColouredTree };

/** What was coloured in this page: an answer keeps its colours when the stored one takes its place. */
const remembered = new Map<string, Coloured>();
const keyOf = (language: string, code: string) => `${language}\n${code}`;

/** Code as text, coloured once it is written and near the screen. What colours it is fetched then. */
export function ColouredCode({ language, code }: { language: string; code: string }) {
  const element = useRef<HTMLElement>(null);
  const [coloured, setColoured] = useState(() => remembered.get(keyOf(language, code)) ?? null);
  const isDone = coloured?.code === code;

  useEffect(() => {
    if (isDone) return;
    let isWanted = true;
    const stop = onceSettledAndNear(element, async () => {
      const { findColours } = await import("./colours");
      await whenIdle();
      const tree = isWanted ? await findColours(language, code) : null;
      if (!tree || !isWanted) return;
      remember(keyOf(language, code), { code, tree });
      setColoured({ code, tree });
    });
    return () => {
      isWanted = false;
      stop();
    };
  }, [language, code, isDone]);

  // Written further since: the beginning keeps its colours.
  const start = coloured && code.startsWith(coloured.code) ? coloured : null;
  return (
    <code ref={element}>
      {start ? draw(start.tree.children) : code}
      {start && code.slice(start.code.length)}
    </code>
  );
}

function onceSettledAndNear(element: RefObject<HTMLElement | null>, run: () => Promise<void>): () => void {
  let observer: IntersectionObserver | null = null;
  const timer = setTimeout(() => {
    if (!element.current) return;
    observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer?.disconnect();
        void run().catch(() => {}); // the network is away: the code stays readable
      },
      { rootMargin: NEAR },
    );
    observer.observe(element.current);
  }, SETTLED_MS);
  return () => {
    clearTimeout(timer);
    observer?.disconnect();
  };
}

const whenIdle = () =>
  new Promise<void>((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: 1_000 });
    else setTimeout(resolve);
  });

function remember(key: string, coloured: Coloured): void {
  const [oldest] = remembered.keys();
  if (remembered.size >= REMEMBERED_MAX && oldest !== undefined) remembered.delete(oldest);
  remembered.set(key, coloured);
}

function draw(nodes: ColouredTree["children"]): ReactNode {
  return nodes.map((node, index) => {
    if (node.type === "text") return node.value;
    if (node.type !== "element") return null;
    const { className } = node.properties;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: drawn once, never reordered
      <span key={index} className={Array.isArray(className) ? className.join(" ") : undefined}>
        {draw(node.children)}
      </span>
    );
  });
}
