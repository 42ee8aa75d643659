"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState, useTransition } from "react";
import { inputClass } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { SearchIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import { LIBRARY_PATH, QUERY_CHARACTERS_MAX } from "@/lib/library/rules";

const WAIT_MS = 300;

type LibrarySearchProps = {
  /** What the page answers. */
  query: string;
  /** How many documents answer. */
  found: number;
};

/** What is looked for is in the address, as one types; a form for a browser without scripts. */
export function LibrarySearch({ query, found }: LibrarySearchProps) {
  const t = useTranslations("library.search");
  const router = useRouter();
  const id = useId();
  const [typed, setTyped] = useState(query);
  const [isPending, startTransition] = useTransition();
  const asked = useRef(query);

  // The address changed otherwise: by a link, or by going back.
  useEffect(() => {
    if (asked.current === query) return;
    asked.current = query;
    setTyped(query);
  }, [query]);

  const look = useRef((_text: string) => {});
  look.current = (text) => {
    const next = text.trim();
    if (next === asked.current) return;
    asked.current = next;
    const address = next === "" ? LIBRARY_PATH : `${LIBRARY_PATH}?${new URLSearchParams({ q: next })}`;
    startTransition(() => router.replace(address, { scroll: false }));
  };
  useEffect(() => {
    const timer = setTimeout(() => look.current(typed), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  return (
    <search>
      <form
        action={LIBRARY_PATH}
        onSubmit={(event) => {
          event.preventDefault();
          look.current(typed);
        }}
      >
        <label htmlFor={id} className="font-medium">
          {t("label")}
        </label>
        <div className="relative mt-1.5">
          <input
            id={id}
            type="search"
            name="q"
            autoComplete="off"
            maxLength={QUERY_CHARACTERS_MAX}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            aria-describedby={`${id}-found`}
            className={`${inputClass} min-h-target pr-12`}
          />
          <IconButton type="submit" label={t("submit")} className="absolute top-0 right-0">
            {isPending ? <Spinner className="size-5" /> : <SearchIcon />}
          </IconButton>
        </div>
        <p id={`${id}-found`} role="status" className="mt-1.5 min-h-[1.6em] text-sm text-muted">
          {query !== "" && !isPending && t("found", { count: found, query })}
        </p>
      </form>
    </search>
  );
}
