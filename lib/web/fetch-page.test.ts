import { afterEach, expect, it, onTestFinished } from "vitest";
import { readSettings } from "@/lib/env";
import { page, startSite } from "@/tests/support/scripted-sites";
import { setTestSettings } from "@/tests/support/settings";
import { fetchPublicPage } from "./fetch-page";

const { signal } = new AbortController();

afterEach(() => {
  Object.assign(globalThis, { assistantPageFetcher: undefined });
});

it("reads pages of this machine where the settings say so, under the service’s own name", async () => {
  const site = await startSite({ "/a": page("<p>a</p>") });
  onTestFinished(site.close);
  setTestSettings({ DEV_FETCH_ALLOW: `localhost:${site.port}`, CONTACT_EMAIL: "aide@exemple.gouv.fr" });

  expect(await fetchPublicPage(`http://localhost:${site.port}/a`, { signal })).toMatchObject({ type: "html" });

  expect(site.requests.map(({ headers }) => headers["user-agent"])).toEqual(
    Array(2).fill(
      expect.stringMatching(/^AssistantIA\/\d+\.\d+\.\d+ \(\+http:\/\/localhost:4100; aide@exemple\.gouv\.fr\)$/),
    ),
  );
  await expect(fetchPublicPage(`http://127.0.0.1:${site.port}/a`, { signal })).rejects.toMatchObject({
    code: "address",
  });
  await expect(fetchPublicPage("http://127.0.0.1/a", { signal })).rejects.toMatchObject({ code: "private" });
});

const problemsOf = (variables: Record<string, string>) => {
  const read = readSettings(variables);
  return read.ok ? [] : read.problems;
};

it("is set by lists of hosts, and by the address of a proxy", () => {
  expect(
    readSettings({ WEB_ALLOWED_HOSTS: " Service-Public.fr , *.gouv.fr,", HTTPS_PROXY: "http://a:b@proxy:3128" }),
  ).toMatchObject({
    ok: true,
    settings: {
      WEB_ALLOWED_HOSTS: ["service-public.fr", "*.gouv.fr"],
      DEV_FETCH_ALLOW: [],
      HTTPS_PROXY: "http://a:b@proxy:3128",
    },
  });
  expect(readSettings({ DEV_FETCH_ALLOW: "localhost:3002,[::1]:3002" })).toMatchObject({
    ok: true,
    settings: { DEV_FETCH_ALLOW: ["localhost:3002", "[::1]:3002"], WEB_ALLOWED_HOSTS: [] },
  });
});

it.each([
  ["WEB_ALLOWED_HOSTS", "https://service-public.fr"],
  ["WEB_ALLOWED_HOSTS", "*"],
  ["WEB_ALLOWED_HOSTS", "gouv.*"],
  ["WEB_ALLOWED_HOSTS", "service-public.fr:443"],
  ["HTTPS_PROXY", "https://proxy:3128"],
  ["HTTPS_PROXY", "socks5://proxy:1080"],
  ["HTTPS_PROXY", "proxy:3128"],
  ["DEV_FETCH_ALLOW", "localhost"],
  ["DEV_FETCH_ALLOW", "*:80"],
])("says of %s that it cannot be « %s »", (name, value) => {
  expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} : .* attendu.*\\.$`))]);
});

it("refuses, in production, to read the machine itself", () => {
  expect(problemsOf({ APP_ENV: "production", DEV_FETCH_ALLOW: "localhost:3002" })).toContain(
    "DEV_FETCH_ALLOW : variable refusée quand APP_ENV=production, où rien n’est lu sur la machine même.",
  );
  expect(problemsOf({ APP_ENV: "production" }).join()).not.toContain("DEV_FETCH_ALLOW");
});
