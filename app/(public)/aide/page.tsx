import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { HelpList, HelpSection } from "@/components/help/help-section";
import { KeyboardHelp } from "@/components/help/keyboard-help";
import { PersonalDataRules } from "@/components/help/personal-data-rules";
import { PageTitle } from "@/components/layout/page-title";
import { documentLimits } from "@/lib/documents/limits";
import { MEGABYTE } from "@/lib/documents/rules";
import { env } from "@/lib/env";

const SECTIONS = ["can", "ask", "documents", "check", "data", "readers", "history", "keyboard", "contact"] as const;

export default async function Page() {
  const t = await getTranslations("help");
  const email = env().CONTACT_EMAIL;
  const limits = documentLimits();
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
        <HelpList items={(["context", "result", "again"] as const).map((item) => t.rich(`ask.${item}`, bold))} />
      </HelpSection>
      <HelpSection id={t("documents.anchor")} title={t("documents.title")}>
        <p>{t("documents.how")}</p>
        <p>{t("documents.formats")}</p>
        <p>
          {t("documents.limits", {
            megabytes: limits.fileBytesMax / MEGABYTE,
            perMessage: limits.perMessageMax,
            perAgent: limits.perAgentMax,
            total: limits.agentBytesMax / MEGABYTE,
          })}
        </p>
        <p>{t("documents.pasted")}</p>
        <p>{t("documents.long")}</p>
        <p>{t("documents.cited")}</p>
        <p>{t("documents.again")}</p>
        <p>{t("documents.anonymise")}</p>
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
      <HelpSection id={t("history.anchor")} title={t("history.title")}>
        <p>{t("history.find")}</p>
        <p>{t("history.delete")}</p>
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
