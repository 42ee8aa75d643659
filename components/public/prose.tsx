import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";

const components: Components = {
  h2: ({ children }) => <h2 className="mt-10 text-2xl font-semibold text-default">{children}</h2>,
  h3: ({ children }) => <h3 className="mt-6 text-lg font-semibold text-default">{children}</h3>,
  p: ({ children }) => <p className="mt-4 leading-7">{children}</p>,
  ul: ({ children }) => <ul className="mt-4 list-disc space-y-2 pl-6 leading-7">{children}</ul>,
  ol: ({ children }) => <ol className="mt-4 list-decimal space-y-2 pl-6 leading-7">{children}</ol>,
  table: ({ children }) => <WideTable>{children}</WideTable>,
  th: ({ children }) => (
    <th scope="col" className="border border-line bg-surface px-3 py-2 font-semibold">
      {children}
    </th>
  ),
  td: ({ children }) => <td className="border border-line px-3 py-2 align-top">{children}</td>,
  a: ({ href = "", children }) =>
    href.startsWith("/") ? (
      <Link href={href} className="underline underline-offset-4">
        {children}
      </Link>
    ) : (
      <a href={href} rel="noopener noreferrer" className="underline underline-offset-4">
        {children}
      </a>
    ),
  // No page of the service loads an image from elsewhere.
  img: ({ alt }) => <span>{alt}</span>,
};

/** A public text, rendered on the server; its Markdown may hold no HTML. */
export function Prose({ children }: { children: string }) {
  return (
    <div className="text-default">
      <Markdown remarkPlugins={[remarkGfm]} components={components} skipHtml>
        {children}
      </Markdown>
    </div>
  );
}

/** Scrolls alone, and with the keyboard too: the page itself never scrolls sideways. */
function WideTable({ children }: { children: ReactNode }) {
  const t = useTranslations("public");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse
    <section aria-label={t("table")} tabIndex={0} className="mt-4 overflow-x-auto">
      <table className="w-full border-collapse text-left">{children}</table>
    </section>
  );
}
