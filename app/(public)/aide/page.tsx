import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LONG_PASTE_CHARACTERS } from "@/components/assistant/long-pastes";
import { DocumentLimitsFacts } from "@/components/help/document-limits-facts";
import { HelpList, HelpSection } from "@/components/help/help-section";
import { KeyboardHelp } from "@/components/help/keyboard-help";
import { PersonalDataRules } from "@/components/help/personal-data-rules";
import { SearchHelp } from "@/components/help/search-help";
import { WebHelp } from "@/components/help/web-help";
import { PageTitle } from "@/components/layout/page-title";
import { UNDO_SECONDS } from "@/lib/conversations/rules";
import { documentLimits } from "@/lib/documents/limits";
import { env } from "@/lib/env";
import { PROJECTS_PATH } from "@/lib/projects/rules";
import { listSearchEngines } from "@/lib/providers/web-search";
import { ANNOUNCED_DAYS } from "@/lib/trash/rules";

const SECTIONS = [
  "can",
  "ask",
  "documents",
  "web",
  "check",
  "data",
  "readers",
  "search",
  "projects",
  "history",
  "keyboard",
  "contact",
] as const;

export default async function Page() {
  const t = await getTranslations("help");
  const { CONTACT_EMAIL: email, RETENTION_MONTHS, TRASH_DAYS } = env();
  const bold = { strong: (text: ReactNode) => <strong>{text}</strong> };
  return (
    <article className="mx-auto w-full max-w-3xl px-4 py-10">
      <PageTitle>{t("title")}</PageTitle>
      <h1 className="text-3xl font-bold tracking-tight">{t("title")}</h1>
      <p className="mt-4 text-lg text-muted">{t("intro")}</p>
      <nav aria-label={t("contents")} className="mt-8 rounded-card border border-line bg-surface p-5">
        <ul className="grid gap-x-8 gap-y-1 sm:grid-cols-2">
          {SECTIONS.map((section) => (
            <li key={section}>
              <a href={`#${t(`${section}.anchor`)}`} className="text-link inline-block py-1">
                {t(`${section}.title`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <HelpSection id={t("can.anchor")} title={t("can.title")}>
        <HelpList
          items={(["answer", "write", "summarise", "organise"] as const).map((item) => t.rich(`can.${item}`, bold))}
        />
        <p>{t("can.limits")}</p>
      </HelpSection>
      <HelpSection id={t("ask.anchor")} title={t("ask.title")}>
        <HelpList
          items={(["context", "result", "again", "prompts"] as const).map((item) => t.rich(`ask.${item}`, bold))}
        />
      </HelpSection>
      <HelpSection id={t("documents.anchor")} title={t("documents.title")}>
        <p>{t("documents.how")}</p>
        <p>{t("documents.formats")}</p>
        <DocumentLimitsFacts limits={documentLimits()} />
        <p>{t("documents.pasted", { characters: LONG_PASTE_CHARACTERS })}</p>
        <p>{t("documents.long")}</p>
        <p>{t("documents.cited")}</p>
        <p>{t("documents.again")}</p>
        <p>{t.rich("documents.project", bold)}</p>
        <p>{t("documents.anonymise")}</p>
      </HelpSection>
      <HelpSection id={t("web.anchor")} title={t("web.title")}>
        <WebHelp engines={listSearchEngines()} />
      </HelpSection>
      <HelpSection id={t("check.anchor")} title={t("check.title")}>
        <p>{t("check.why")}</p>
        <p>{t("check.how")}</p>
      </HelpSection>
      <HelpSection id={t("data.anchor")} title={t("data.title")}>
        <PersonalDataRules />
      </HelpSection>
      <HelpSection id={t("readers.anchor")} title={t("readers.title")}>
        <p>{t("readers.default")}</p>
        <p>
          {t.rich("readers.choice", {
            settings: (text) => (
              <Link href="/parametres" className="text-link">
                {text}
              </Link>
            ),
          })}
        </p>
        <p>{t("readers.training")}</p>
      </HelpSection>
      <HelpSection id={t("search.anchor")} title={t("search.title")}>
        <p>
          {t.rich("search.where", {
            page: (text) => (
              <Link href="/recherche" className="text-link">
                {text}
              </Link>
            ),
          })}
        </p>
        <SearchHelp />
        <p>{t("search.opens")}</p>
      </HelpSection>
      <HelpSection id={t("projects.anchor")} title={t("projects.title")}>
        <p>
          {t.rich("projects.what", {
            page: (text) => (
              <Link href={PROJECTS_PATH} className="text-link">
                {text}
              </Link>
            ),
          })}
        </p>
        <p>{t("projects.move")}</p>
        <p>{t("projects.delete")}</p>
      </HelpSection>
      <HelpSection id={t("history.anchor")} title={t("history.title")}>
        <p>{t("history.find")}</p>
        <p>{t("history.order")}</p>
        <p>{t("history.temporary")}</p>
        <p>{t("history.delete", { days: TRASH_DAYS, seconds: UNDO_SECONDS })}</p>
        {RETENTION_MONTHS > 0 && <p>{t("history.unused", { months: RETENTION_MONTHS, announced: ANNOUNCED_DAYS })}</p>}
        {env().SHARING && <p>{t("history.sharing")}</p>}
        <p>{t("history.export")}</p>
        <p>{t("history.account")}</p>
      </HelpSection>
      <HelpSection id={t("keyboard.anchor")} title={t("keyboard.title")}>
        <KeyboardHelp />
      </HelpSection>
      <HelpSection id={t("contact.anchor")} title={t("contact.title")}>
        <p>
          {t.rich("contact.text", {
            email,
            link: (text) => (
              <a href={`mailto:${email}`} className="text-link">
                {text}
              </a>
            ),
          })}
        </p>
      </HelpSection>
    </article>
  );
}
