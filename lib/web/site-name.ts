/** The host of an address that may be a link, without its « www. »; null for what is no address of the web. */
export function hostOf(url: string): string | null {
  const address = URL.canParse(url) ? new URL(url) : null;
  return address && /^https?:$/.test(address.protocol) ? address.host.replace(/^www\./, "") : null;
}

/** The name of a site, and its host unless that is its name: a page calls its site what it likes. */
export function siteNamed({ site, url }: { site: string; url: string }): string {
  const host = hostOf(url);
  return host === null || host === site.toLowerCase().replace(/^www\./, "") ? site : `${site} (${host})`;
}
