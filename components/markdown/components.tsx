import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import type { Components, ExtraProps } from "react-markdown";
import { SourceMarker } from "@/components/sources/source-marker";
import { findSafeUrl } from "@/lib/markdown/safe-url";
import { ColouredCode } from "./coloured-code";
import { CopyCode } from "./copy-code";
import { TableTools } from "./table-tools";

const Heading1 = ({ children }: { children?: ReactNode }) => (
  <h3 className="mt-8 text-xl font-semibold first:mt-0">{children}</h3>
);
const Heading2 = ({ id, children }: { id?: string | undefined; children?: ReactNode }) => (
  <h4 id={id} className="mt-7 text-lg font-semibold first:mt-0">
    {children}
  </h4>
);
const Heading3 = ({ children }: { children?: ReactNode }) => (
  <h5 className="mt-6 font-semibold first:mt-0">{children}</h5>
);
const Heading4 = ({ children }: { children?: ReactNode }) => (
  <h6 className="mt-5 font-medium first:mt-0">{children}</h6>
);

/** What each element of an answer becomes. Its headings come under the message's own, a second-level one. */
export const components: Components = {
  h1: Heading1,
  h2: ({ id, children }) => <Heading2 id={id}>{children}</Heading2>,
  h3: Heading3,
  h4: Heading4,
  h5: Heading4,
  h6: Heading4,
  p: ({ children }) => <p className="mt-4 first:mt-0">{children}</p>,
  ul: ({ className, children }) => (
    <ul
      className={`mt-4 space-y-1.5 first:mt-0 [li>&]:mt-1.5 ${className === "contains-task-list" ? "" : "list-disc pl-6"}`}
    >
      {children}
    </ul>
  ),
  ol: ({ start, children }) => (
    <ol start={start} className="mt-4 list-decimal space-y-1.5 pl-7 first:mt-0 [li>&]:mt-1.5">
      {children}
    </ol>
  ),
  li: ({ id, children }) => <li id={id}>{children}</li>,
  input: ({ checked }) => <TaskState done={checked === true} />,
  blockquote: ({ children }) => (
    <blockquote className="mt-4 border-l-4 border-line pl-4 text-muted first:mt-0">{children}</blockquote>
  ),
  button: ({ value }) => <SourceMarker number={Number(value)} />,
  hr: () => <hr className="my-8 border-line" />,
  a: ({ node: _, href, id, children, ...rest }) => (
    <AnswerLink {...rest} href={href} id={id}>
      {children}
    </AnswerLink>
  ),
  // The guard has already replaced images; nothing may bring one back.
  img: ({ alt }) => alt,
  table: ({ children }) => <WideTable>{children}</WideTable>,
  th: ({ style, children }) => (
    <th scope="col" style={style} className="px-3 py-2 text-left align-bottom font-semibold">
      {children}
    </th>
  ),
  td: ({ style, children }) => (
    <td style={style} className="border-t border-line px-3 py-2 align-top">
      {children}
    </td>
  ),
  pre: ({ node }) => <CodeBlock {...codeOf(node)} />,
  code: ({ children }) => <code className="rounded-sm bg-surface px-1 py-0.5 font-mono text-[0.9em]">{children}</code>,
  section: ({ node: _, className: __, ...rest }) => (
    <section {...rest} className="mt-8 border-t border-line pt-4 text-sm text-muted" />
  ),
  span: ({ className, children }) =>
    // What KaTeX could not read is shown as it was written.
    className === "katex-error" ? <code>{children}</code> : <span className={className}>{children}</span>,
};

function codeOf(pre: ExtraProps["node"]): { language: string | null; code: string } {
  const element = pre?.children[0];
  if (element?.type !== "element") return { language: null, code: "" };
  const classes = element.properties.className;
  const named = Array.isArray(classes) ? classes.find((name) => String(name).startsWith("language-")) : undefined;
  return {
    language: named === undefined ? null : String(named).slice("language-".length),
    code: element.children.map((child) => (child.type === "text" ? child.value : "")).join(""),
  };
}

const FRAME = "mt-4 overflow-hidden rounded-xl border border-line first:mt-0";
const FRAME_TITLE =
  "flex min-h-9 flex-wrap items-center justify-between border-b border-line bg-surface pl-4 text-sm text-muted";

function CodeBlock({ language, code }: { language: string | null; code: string }) {
  const t = useTranslations("markdown");
  return (
    <figure className={`${FRAME} bg-surface`}>
      <figcaption className={FRAME_TITLE}>
        <span>{language ?? t("code")}</span>
        <CopyCode />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse */}
      <pre tabIndex={0} className="overflow-x-auto px-4 py-3 font-mono text-sm -outline-offset-2">
        {language ? <ColouredCode language={language} code={code} /> : <code>{code}</code>}
      </pre>
    </figure>
  );
}

function WideTable({ children }: { children: ReactNode }) {
  const t = useTranslations("markdown");
  return (
    <figure className={FRAME}>
      <figcaption className={FRAME_TITLE}>
        <span className="max-sm:sr-only">{t("table")}</span>
        <span className="flex flex-wrap max-sm:-ml-4">
          <TableTools />
        </span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse */}
      <section aria-label={t("table")} tabIndex={0} className="overflow-x-auto -outline-offset-2">
        <table className="w-full border-collapse text-left text-sm wrap-break-word">{children}</table>
      </section>
    </figure>
  );
}

function TaskState({ done }: { done: boolean }) {
  const t = useTranslations("markdown");
  return (
    <>
      <span aria-hidden="true">{done ? "☑" : "☐"}</span>
      <span className="sr-only">{done ? t("taskDone") : t("taskToDo")}</span>
    </>
  );
}

type AnswerLinkProps = { href: string | undefined; children: ReactNode } & Omit<ComponentProps<"a">, "href">;

/** Says where it goes before anyone follows it: a model may write one address and link to another. */
function AnswerLink({ href, children, ...rest }: AnswerLinkProps) {
  const t = useTranslations("markdown");
  if (!href) return <span>{children}</span>;
  const url = findSafeUrl(href);
  if (!url) {
    return (
      <a {...rest} href={href} className="text-link">
        {"data-footnote-ref" in rest && <span className="sr-only">{t("note")} </span>}
        {children}
      </a>
    );
  }
  const place = url.protocol === "mailto:" ? url.pathname : url.host;
  const saysIt = placeSaid(children) === place;
  const isWeb = url.protocol !== "mailto:";
  return (
    <>
      <a href={href} rel="noopener noreferrer" className="text-link" {...(isWeb && { target: "_blank" })}>
        {children}
        {isWeb && <span className="sr-only"> {t("newWindow")}</span>}
      </a>
      {!saysIt && (
        <span data-place className="text-sm text-muted print:hidden">
          {" "}
          ({place})
        </span>
      )}
    </>
  );
}

/** The place a link's text claims to lead to, when the text is an address. */
function placeSaid(children: ReactNode): string | null {
  const text = Array.isArray(children) && children.length === 1 ? children[0] : children;
  if (typeof text !== "string") return null;
  return text.replace(/^https?:\/\//, "").split(/[/?#]/, 1)[0] ?? null;
}
