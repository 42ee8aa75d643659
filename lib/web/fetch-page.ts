import "server-only";
import { env } from "@/lib/env";
import project from "@/package.json" with { type: "json" };
import { createPageFetcher, type FetchPage } from "./page-fetcher";

const PRODUCT = "AssistantIA";

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & { assistantPageFetcher?: FetchPage };

/**
 * Reads what an address of the public web gives, as the settings allow. Throws a `WebFailure` whose code says why it was not
 * read, or the reason of the signal.
 */
export const fetchPublicPage: FetchPage = (url, options) => {
  shared.assistantPageFetcher ??= createProductFetcher();
  return shared.assistantPageFetcher(url, options);
};

function createProductFetcher(): FetchPage {
  const { APP_URL, CONTACT_EMAIL, WEB_ALLOWED_HOSTS, DEV_FETCH_ALLOW, HTTPS_PROXY } = env();
  return createPageFetcher({
    allowedHosts: WEB_ALLOWED_HOSTS,
    allowLoopback: DEV_FETCH_ALLOW,
    proxy: HTTPS_PROXY ? new URL(HTTPS_PROXY) : null,
    product: PRODUCT,
    userAgent: `${PRODUCT}/${project.version} (+${APP_URL}; ${CONTACT_EMAIL})`,
  });
}
