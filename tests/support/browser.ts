type Handler = (request: Request) => Promise<Response>;
type Cookie = { origin: string; name: string; path: string; value: string };

/** Cookies, navigation and forms of a browser, without a browser. `sites` are answered in this process, the rest by the network. */
export function aBrowser(sites: Record<string, Handler> = {}) {
  let cookies: Cookie[] = [];
  const headers = { "user-agent": "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0" };

  async function send(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin, pathname } = new URL(url);
    const request = new Request(url, { ...init, redirect: "manual", headers: { ...headers, ...init.headers } });
    const sent = cookies.filter(
      (cookie) =>
        cookie.origin === origin &&
        (pathname === cookie.path || pathname.startsWith(cookie.path.endsWith("/") ? cookie.path : `${cookie.path}/`)),
    );
    if (sent.length > 0) request.headers.set("cookie", sent.map(({ name, value }) => `${name}=${value}`).join("; "));
    const response = await (sites[origin] ?? fetch)(request);
    for (const line of response.headers.getSetCookie()) keep(origin, line);
    return response;
  }

  function keep(origin: string, line: string): void {
    const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
    const [name = "", ...value] = pair.split("=");
    const attribute = (wanted: string) =>
      attributes.find((one) => one.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
    const path = attribute("path") ?? "/";
    const expires = attribute("expires");
    const isGone = attribute("max-age") === "0" || (expires !== undefined && new Date(expires).getTime() <= Date.now());
    cookies = cookies.filter((one) => !(one.origin === origin && one.name === name && one.path === path));
    if (!isGone) cookies.push({ origin, name, path, value: value.join("=") });
  }

  return {
    send,
    /** Follows redirections until `until` answers true for the next address, or a page is reached. */
    async follow(response: Response, from: string, until: (url: string) => boolean = () => false) {
      let current = { response, url: from };
      while (current.response.status >= 300 && current.response.status < 400) {
        const url = new URL(current.response.headers.get("location") ?? "", current.url).href;
        if (until(url)) return { response: current.response, url };
        current = { response: await send(url), url };
      }
      return current;
    },
    cookie: (name: string) => cookies.find((one) => one.name === name)?.value,
    setCookie(origin: string, name: string, value: string) {
      keep(origin, `${name}=${value}; Path=/`);
    },
    cookieNames: (origin: string) => cookies.filter((one) => one.origin === origin).map(({ name }) => name),
  };
}

export type Browser = ReturnType<typeof aBrowser>;
