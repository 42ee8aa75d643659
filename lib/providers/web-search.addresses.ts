import "server-only";

const ADDRESS_CHARACTERS_MAX = 2_048;
/** What only tells the site where its readers come from. */
const TRACKING =
  /^(utm_\w+|mtm_\w+|pk_\w+|piwik_\w+|at_(medium|campaign|custom\w*|creation|variant|platform|format)|xtor|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|_hsenc|_hsmi|srsltid|ref_src)$/i;

/** An address that a result may lead to, without fragment nor tracking parameters; null for any other scheme than http and https. */
export function toAddress(said: unknown): string | null {
  if (typeof said !== "string" || said.length > ADDRESS_CHARACTERS_MAX) return null;
  const url = URL.parse(said.trim());
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return null;
  url.hash = "";
  const parameters = url.search.slice(1).split("&");
  const kept = parameters.filter((parameter) => !TRACKING.test(parameter.split("=", 1)[0] ?? ""));
  // Written again only when it must be: some sites care for the notation.
  if (kept.length < parameters.length) url.search = kept.join("&");
  return url.href;
}

/** The same for two ways of writing the address of one page. */
export function addressKey(address: string): string {
  const { host, pathname, search } = new URL(address);
  return `${host.replace(/^www\./, "")}${pathname.replace(/\/+$/, "")}${search}`;
}
