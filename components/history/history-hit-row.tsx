"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useId } from "react";
import { messageAnchor } from "@/components/assistant/message-place";
import type { HistoryHit } from "@/lib/history/schema";
import { hitAddress } from "./history-address";
import { HitFacts } from "./hit-facts";
import { Snippet } from "./snippet";

/** One result: the conversation, who speaks and when, and what is said there. The whole of it leads to the message. */
export function HistoryHitRow({ hit, query }: { hit: HistoryHit; query: string }) {
  const router = useRouter();
  const id = useId();
  const address = hitAddress(hit, query);
  return (
    <li className="group relative px-1 py-4 sm:-mx-3 sm:px-3 sm:hover:bg-surface-hover">
      <h2 className="line-clamp-2 font-semibold wrap-anywhere">
        <Link
          // The anchor is for a browser without scripts, and Next would go back to it each time it reads the page again.
          href={hit.messageId ? `${address}#${messageAnchor(hit.messageId)}` : address}
          onNavigate={(event) => {
            event.preventDefault();
            router.push(address);
          }}
          prefetch={false}
          aria-describedby={`${id}-facts ${id}-snippet`}
          className="text-action group-hover:underline after:absolute after:inset-0 after:rounded-control focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus"
        >
          {hit.kind === "title" ? <Snippet pieces={hit.snippet} /> : hit.title}
        </Link>
      </h2>
      <p id={`${id}-facts`} className="mt-0.5 text-sm text-muted wrap-anywhere">
        <HitFacts hit={hit} />
      </p>
      {hit.kind !== "title" && (
        <p id={`${id}-snippet`} className="mt-1 line-clamp-2 leading-7 wrap-anywhere">
          <Snippet pieces={hit.snippet} />
        </p>
      )}
    </li>
  );
}
