import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { startDemoSearch } from "../../dev/demo-search.ts";

/** Words of a query that make it go wrong. */
const BREAKS_ENGINE = /panne/i;
const ADDS_SILENT_PAGE = /silencieuse/i;

/**
 * The embedded engine and its pages for journeys, at ports that are known before: the sites follow the engine's. In front of it, what
 * makes real engines and pages fail: a query that says « panne » gets an error, one that says « silencieuse » a page that never answers.
 */
export async function startSearchingWeb(port: number): Promise<{ baseUrl: string; close: () => Promise<void> }> {
  const embedded = await startDemoSearch({ port: port === 0 ? 0 : port + 1 });
  const front = createServer(async ({ url = "/" }, response) => {
    const asked = new URL(url, embedded.baseUrl);
    const query = asked.searchParams.get("q") ?? "";
    if (asked.pathname === "/silence") return;
    if (BREAKS_ENGINE.test(query)) return void response.writeHead(500).end("<h1>Internal Server Error</h1>");
    const said = await fetch(new URL(asked.pathname + asked.search, embedded.baseUrl));
    const body = (await said.json()) as { results?: object[] };
    if (ADDS_SILENT_PAGE.test(query)) body.results?.unshift({ url: `${origin()}/silence`, title: "Page silencieuse" });
    response.writeHead(said.status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  const origin = () => `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => front.listen(port, "127.0.0.1", resolve));
  return {
    baseUrl: origin(),
    close: async () => {
      front.closeAllConnections();
      front.close();
      await embedded.close();
    },
  };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
  const { baseUrl } = await startSearchingWeb(Number(values.port));
  console.log(`Searching web on ${baseUrl}`);
}
