import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SearchHelp } from "@/components/help/search-help";
import { historyAddress } from "@/components/history/history-address";
import { HistoryNotes, HistorySuggestions, NothingFound } from "@/components/history/history-notes";
import { HistoryResults } from "@/components/history/history-results";
import { HistorySearch } from "@/components/history/history-search";
import { withControls } from "@/components/history/query-filters";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageTitle } from "@/components/layout/page-title";
import { actorOrSignIn } from "@/lib/auth/actor";
import { searchHistory } from "@/lib/history/queries";
import { historyQueryText, historySearchInput } from "@/lib/history/schema";
import { listProjects } from "@/lib/projects/queries";
import { listAnswerModels } from "@/lib/providers/llm";

/** `vu` and what follows it: sent by the form when no script does. */
const NAMES = ["q", "tri", "suite", "vu", "fichier", "web", "modele", "projet", "apres", "avant"] as const;
type Parameters = Partial<Record<(typeof NAMES)[number], string | string[]>>;
type Props = { searchParams: Promise<Parameters> };

export default async function Page({ searchParams }: Props) {
  const actor = await actorOrSignIn();
  const parameters = await searchParams;
  const { query, sort, cursor } = readSearch(parameters);
  if (parameters.vu !== undefined) redirect(historyAddress({ query: withSentControls(query, parameters), sort }));
  const [t, projects, page] = await Promise.all([
    getTranslations("history"),
    listProjects(actor),
    query === "" ? null : searchHistory(actor, { query, sort, cursor }),
  ]);
  return (
    <ClientMessages also={["history", "hits"]}>
      <PageTitle>{t("title")}</PageTitle>
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        <h1 className="text-2xl font-semibold sm:text-3xl">{t("title")}</h1>
        <p className="mt-2 text-muted">{t("covers")}</p>
        <div className="mt-5">
          <HistorySearch
            query={query}
            sort={sort}
            found={page}
            projects={projects.map(({ title }) => title)}
            models={[...new Set(listAnswerModels(actor.role).map(({ label }) => label))]}
          />
        </div>
        {page && <HistoryNotes {...page} />}
        {page && page.hits.length > 0 && (
          <>
            <HistoryResults key={`${sort} ${cursor} ${query}`} query={query} sort={sort} firstPage={page} />
            <HistorySuggestions suggestions={page.suggestions} sort={sort} />
          </>
        )}
        {page?.hits.length === 0 && <NothingFound query={query} suggestions={page.suggestions} sort={sort} />}
        {!page && (
          <section aria-labelledby="comment-chercher" className="mt-6">
            <h2 id="comment-chercher" className="mb-3 text-lg font-semibold">
              {t("how")}
            </h2>
            <SearchHelp />
          </section>
        )}
      </div>
    </ClientMessages>
  );
}

/** A cursor that is not one starts from the first page. */
function readSearch({ q, tri, suite }: Parameters) {
  const sort = tri === "date" ? "date" : "relevance";
  const asked = historySearchInput.safeParse({ query: q, sort, cursor: suite });
  const { query, cursor } = asked.success ? asked.data : { query: historyQueryText.parse(q), cursor: undefined };
  return { query: query.trim(), sort, cursor } as const;
}

const withSentControls = (query: string, { vu, fichier, web, modele, projet, apres, avant }: Parameters): string =>
  withControls(query, historyQueryText.parse(vu), {
    withFile: fichier !== undefined,
    withWeb: web !== undefined,
    model: historyQueryText.parse(modele),
    project: historyQueryText.parse(projet),
    after: historyQueryText.parse(apres),
    before: historyQueryText.parse(avant),
  });
