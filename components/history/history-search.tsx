"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState, useTransition } from "react";
import { inputClass } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { SearchIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import { HISTORY_QUERY_CHARACTERS_MAX } from "@/lib/history/rules";
import type { HistorySort } from "@/lib/history/schema";
import { HISTORY_PATH, historyAddress } from "./history-address";
import { HistoryFilters } from "./history-filters";
import { HistorySortLinks } from "./history-sort-links";
import { type Filters, readFilters, withFilter } from "./query-filters";

const WAIT_MS = 300;

type HistorySearchProps = {
  /** What the page answers. */
  query: string;
  sort: HistorySort;
  /** How many there are; null when nothing is asked. */
  found: { total: number; isTotalCapped: boolean } | null;
  /** Those that may have answered, by their names. */
  models: readonly string[];
  /** The titles of the agent's projects. */
  projects: readonly string[];
};

/** What is looked for is in the address, as one types; a form for a browser without scripts. */
export function HistorySearch({ query, sort, found, models, projects }: HistorySearchProps) {
  const t = useTranslations("history");
  const router = useRouter();
  const id = useId();
  const [typed, setTyped] = useState(query);
  const [isPending, startTransition] = useTransition();
  const asked = useRef(query);
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The address changed otherwise: by a link, or by going back.
  useEffect(() => {
    if (asked.current === query) return;
    asked.current = query;
    setTyped(query);
  }, [query]);
  useEffect(() => () => clearTimeout(timer.current), []);

  // One comes to type; where that opens a keyboard over the page, one asks for it.
  useEffect(() => {
    if (asked.current === "" && window.matchMedia("(hover: hover)").matches) field.current?.focus();
  }, []);

  function look(text: string): void {
    clearTimeout(timer.current);
    const next = text.trim();
    if (next === asked.current) return;
    asked.current = next;
    startTransition(() => router.replace(historyAddress({ query: next, sort }), { scroll: false }));
  }

  function type(text: string): void {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => look(text), WAIT_MS);
  }

  function filter<Name extends keyof Filters>(name: Name, value: Filters[Name]): void {
    const next = withFilter(typed, name, value);
    setTyped(next);
    look(next);
  }

  return (
    <search>
      <form
        action={HISTORY_PATH}
        onSubmit={(event) => {
          event.preventDefault();
          look(typed);
        }}
      >
        <label htmlFor={id} className="font-medium">
          {t("label")}
        </label>
        <div className="relative mt-1.5">
          <input
            ref={field}
            id={id}
            type="search"
            name="q"
            autoComplete="off"
            enterKeyHint="search"
            maxLength={HISTORY_QUERY_CHARACTERS_MAX}
            value={typed}
            onChange={(event) => type(event.target.value)}
            aria-describedby={`${id}-found`}
            className={`${inputClass} min-h-target pr-12 text-lg`}
          />
          <IconButton type="submit" label={t("submit")} className="absolute top-1/2 right-0.5 -translate-y-1/2">
            {isPending ? <Spinner className="size-5" /> : <SearchIcon />}
          </IconButton>
        </div>
        {/* What the controls showed, so that those that were changed are known when no script tells. */}
        <input type="hidden" name="vu" value={query} />
        {sort === "date" && <input type="hidden" name="tri" value="date" />}
        <HistoryFilters filters={readFilters(typed)} models={models} projects={projects} onChange={filter} />
        <div className="mt-1 flex flex-wrap items-center gap-x-4">
          <p
            id={`${id}-found`}
            role="status"
            // Under it, nothing found is said with what could be tried.
            className={found?.total === 0 ? "sr-only" : "flex min-h-target-small items-center text-sm text-muted"}
          >
            {found && !isPending && t(found.isTotalCapped ? "foundMore" : "found", { count: found.total })}
          </p>
          {found && found.total > 1 && <HistorySortLinks query={query} sort={sort} />}
        </div>
      </form>
    </search>
  );
}
