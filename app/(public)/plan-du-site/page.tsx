import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PublicArticle } from "@/components/public/public-article";

// A page built once for all could not carry the nonce of each answer, which its scripts need.
export const dynamic = "force-dynamic";

const SECTIONS = [
  {
    heading: "service",
    pages: [
      ["/", "home"],
      ["/recherche", "search"],
      ["/projets", "projects"],
      ["/documents", "documents"],
      ["/archives", "archives"],
      ["/corbeille", "trash"],
      ["/parametres", "settings"],
      ["/aide", "help"],
    ],
  },
  {
    heading: "information",
    pages: [
      ["/accueil", "welcome"],
      ["/connexion", "signIn"],
      ["/mentions-legales", "legal"],
      ["/donnees-personnelles", "privacy"],
      ["/accessibilite", "accessibility"],
    ],
  },
] as const;

export default async function Page() {
  const t = await getTranslations("sitemap");
  return (
    <PublicArticle title={t("title")}>
      {SECTIONS.map(({ heading, pages }) => (
        <section key={heading} className="mt-8">
          <h2 className="text-xl font-semibold text-default">{t(heading)}</h2>
          <ul className="mt-3 list-disc space-y-2 pl-6 text-default">
            {pages.map(([href, label]) => (
              <li key={href}>
                <Link href={href} prefetch={false} className="underline underline-offset-4">
                  {t(label)}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </PublicArticle>
  );
}
