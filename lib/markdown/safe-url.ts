const LINK_PROTOCOLS = ["http:", "https:", "mailto:"];

/** The address of a link a model wrote, or null when it may not be followed. */
export function findSafeUrl(href: unknown): URL | null {
  if (typeof href !== "string" || !URL.canParse(href)) return null;
  const url = new URL(href);
  return LINK_PROTOCOLS.includes(url.protocol) ? url : null;
}
