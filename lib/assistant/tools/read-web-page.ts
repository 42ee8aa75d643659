import { env } from "@/lib/env";
import { findWebAddresses } from "@/lib/web/find-web-addresses";
import type { WebFailureCode } from "@/lib/web/schema";
import { type Visit, visitPage } from "@/lib/web/visit-pages";
import { normaliseUrl } from "@/lib/web/web-address";
import { isWebFailure } from "@/lib/web/web-failure";
import { CONFIRM_MS, skipSignal, untilAllowed } from "../call-words";
import { asRead, giveWebPages, toVisit } from "./give-web-pages";
import { type CallContext, type Tool, type ToolContext, ToolRefusal, type ToolResult } from "./tool";
import { type ReadWebPageInput, type ReadWebPageOutput, readWebPageInput } from "./web.schema";

const READING_MS = 12_000;

/** Reads one page: an address that the agent wrote, that a search found, or that the agent lets be opened. */
export const readWebPage: Tool<ReadWebPageInput, ReadWebPageOutput> = {
  name: "read_web_page",
  description:
    "Lit une page du web et en donne les extraits utiles. url : une adresse donnée par la personne ou par une recherche, telle quelle. À appeler pour lire une page trouvée dont les extraits ne suffisent pas.",
  input: readWebPageInput,
  timeoutMs: CONFIRM_MS + READING_MS,
  isUseful: async (context) => context.web.mayDecide || givenAddresses(context.said.question).length > 0,
  async run({ url: written }, context) {
    const url = addressOf(written);
    const page = toVisit(url);
    if (!isKnown(url, context)) {
      context.report({ step: "confirming", page });
      if ((await untilAllowed(context, CONFIRM_MS)) === null)
        return {
          output: { step: "refused", page: { ...page, state: "unread", failure: "cancelled" } },
          forModel: "La personne n’a pas voulu que cette adresse soit ouverte. Répondez sans elle.",
        };
    }
    return read(url, context);
  },
};

/** The addresses of a question that may be read. */
export const givenAddresses = (question: string): string[] =>
  findWebAddresses(question).flatMap((written) => {
    try {
      return [addressOf(written)];
    } catch {
      return []; // of another kind: the guard would refuse it
    }
  });

function addressOf(written: string): string {
  try {
    return normaliseUrl(written, env().DEV_FETCH_ALLOW).href;
  } catch (error) {
    if (isWebFailure(error)) throw new ToolRefusal("cette adresse ne peut pas être lue.");
    throw error;
  }
}

/** An address that the model makes up could carry what it has read to whoever answers there. */
function isKnown(url: string, { said, foundUrls }: ToolContext): boolean {
  const written = [...givenAddresses(said.question), ...givenAddresses(said.earlier)];
  return written.includes(url) || [...foundUrls].some((found) => isSameAddress(found, url));
}

function isSameAddress(found: string, url: string): boolean {
  try {
    return addressOf(found) === url;
  } catch {
    return false;
  }
}

async function read(url: string, context: CallContext<ReadWebPageOutput>): Promise<ToolResult<ReadWebPageOutput>> {
  const skip = skipSignal(context);
  try {
    const page = toVisit(url);
    context.report({ step: "reading", page });
    const visit = await Promise.race([beginVisit(url, context), untilSkipped(url, skip.signal)]);
    context.signal.throwIfAborted();
    if (!("page" in visit)) {
      const { failure } = visit;
      return {
        output: { step: skip.isSkipped() ? "skipped" : "done", page: { ...page, state: "unread", failure } },
        forModel: `La page ${url} n’a pas pu être lue : ${UNREAD[failure]}. Dites-le en une phrase ; n’inventez pas son contenu.`,
      };
    }
    const { passages, forModel } = giveWebPages([visit.page], context.said.question, context);
    return { output: { step: "done", page: asRead(page, visit.page, passages[0]) }, forModel };
  } finally {
    skip.forget();
  }
}

/** The visit of a page, begun if it was not. */
export function beginVisit(url: string, { visits, signal }: ToolContext): Promise<Visit> {
  const visit = visits.get(url) ?? visitPage(url, AbortSignal.any([signal, AbortSignal.timeout(READING_MS)]));
  visits.set(url, visit);
  return visit;
}

const untilSkipped = (url: string, signal: AbortSignal): Promise<Visit> =>
  new Promise((resolve) => {
    const leave = () => resolve({ url, failure: "cancelled" });
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  });

const UNREAD: Record<WebFailureCode, string> = {
  address: "l’adresse n’est pas celle d’une page",
  scheme: "seules les adresses http et https sont lues",
  private: "elle mène à un réseau interne",
  not_allowed: "ce site n’est pas de ceux que le service peut lire",
  robots: "le site demande à ne pas être lu par des programmes",
  too_many_redirects: "elle renvoie sans fin à une autre adresse",
  timeout: "le site n’a pas répondu à temps",
  unreachable: "le site ne répond pas",
  status: "le site a répondu par une erreur",
  closed: "il faut s’y connecter ou s’y abonner",
  too_large: "elle est trop grande",
  type: "ce n’est pas un type de fichier qui se lit",
  unreadable: "elle n’a pas de texte lisible",
  cancelled: "la lecture a été arrêtée",
};
