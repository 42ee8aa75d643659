import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { isPostgresThere } from "@/tests/support/database";

/** A small project that every gate accepts, in which one fault is then planted. */
const SOUND: Record<string, string> = {
  "app/page.tsx": `import { useTranslations } from "next-intl";\nimport { title } from "@/lib/notes/queries";\nexport default function Page() {\n  return useTranslations("home")("title") + title;\n}\n`,
  "components/card.tsx": "export const Card = () => null;\n",
  "lib/notes/queries.ts": `import { table } from "@/db/client";\nexport const title = table;\n`,
  "db/client.ts": `export const table = "notes";\n`,
  "messages/fr.json": `{ "home": { "title": "L’accueil\u00a0: bienvenue" } }\n`,
};
const CONFIGURATION = [
  ".dependency-cruiser.cjs",
  "tsconfig.json",
  "package.json",
  "scripts/messages",
  "scripts/summarize-tests.ts",
].concat(["imports", "structure", "messages"].map((name) => `scripts/check-${name}.ts`));

function aProject(planted: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "assistant-gate-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of CONFIGURATION) cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  for (const [file, text] of Object.entries({ ...SOUND, ...planted })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

function run(command: string[], folder: string): { code: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
  return { code: status, out: stdout + stderr };
}

const gate = (name: string, planted: Record<string, string> = {}) =>
  run([`scripts/check-${name}.ts`], aProject(planted));

describe("the import rules", () => {
  it("accept a sound project", () => {
    expect(gate("imports")).toMatchObject({ code: 0 });
  });

  it.each([
    [
      "a page that opens the database",
      "app/page.tsx",
      `import { table } from "@/db/client";\nexport default table;\n`,
      "one-door",
    ],
    ["a component that reads data", "components/card.tsx", `import "@/lib/notes/queries";\n`, "screens-read-no-data"],
    ["a domain that imports a screen", "lib/notes/queries.ts", `import "@/components/card";\n`, "lib-knows-no-screen"],
    ["a vendor outside its port", "lib/notes/rules.ts", `import "@ai-sdk/openai-compatible";\n`, "vendors-stay"],
    ["a database that knows the product", "db/client.ts", `import "@/lib/notes/rules";\n`, "db-knows-only"],
    ["product code that knows a stand-in", "lib/notes/rules.ts", `import "../../dev/model";\n`, "the-product-knows"],
    ["an import that leads nowhere", "lib/notes/rules.ts", `import "@/lib/absent";\n`, "every-import-resolves"],
  ])("refuse %s", (_fault, file, text, rule) => {
    const planted = { "lib/notes/rules.ts": "export {};\n", "dev/model.ts": "export {};\n", [file]: text };
    const { code, out } = gate("imports", planted);
    expect(out).toContain(rule);
    expect(code).toBe(1);
  });

  it("do not believe a cruise that saw nothing", () => {
    const configuration = readFileSync(".dependency-cruiser.cjs", "utf8").replace("app|components|lib|db", "nothing");
    const blind = configuration.replace("doNotFollow", `exclude: { path: "^(app|lib|db)/" },\n    doNotFollow`);
    expect(gate("imports", { ".dependency-cruiser.cjs": blind })).toMatchObject({
      code: 1,
      out: expect.stringContaining("not cruised: lib/notes/queries.ts"),
    });
  });
});

describe("the structure rules", () => {
  it("accept a sound project", () => {
    expect(gate("structure")).toMatchObject({ code: 0 });
  });

  it.each([
    ["a file name outside the vocabulary", "lib/notes/service.ts", "export {};\n", `"service" is not one of`],
    ["a junk drawer", "components/utils.tsx", "export {};\n", "name it after what it does"],
    ["a file that is too long", "components/long.tsx", "export {};\n".repeat(301), "301 lines"],
    ["a name that is not kebab-case", "components/NoteCard.tsx", "export {};\n", "kebab-case"],
  ])("refuse %s", (_fault, file, text, complaint) => {
    const { code, out } = gate("structure", { [file]: text });
    expect(out).toContain(complaint);
    expect(code).toBe(1);
  });
});

describe("the message rules", () => {
  it("accept a sound project", () => {
    expect(gate("messages")).toMatchObject({ code: 0 });
  });

  const page = (key: string) =>
    `import { useTranslations } from "next-intl";\nconst t = useTranslations("home");\nt("title");\nt(${key});\n`;
  const title = (text: string) => JSON.stringify({ home: { title: text } });

  it.each([
    ["a key that does not exist", "app/page.tsx", page('"absent"'), 'no message "home.absent"'],
    ["a computed key that fits nothing", "app/page.tsx", page("`absent.$" + "{1}`"), "no message like"],
    [
      "a message that nobody uses",
      "messages/fr.json",
      `{ "home": { "title": "Oui", "old": "Non" } }`,
      'unused message "home.old"',
    ],
    ["a straight apostrophe", "messages/fr.json", title("L'accueil"), "straight apostrophe"],
    ["an ordinary space before a colon", "messages/fr.json", title("Accueil : oui"), "no-break space goes before"],
    ["no space before a question mark", "messages/fr.json", title("Oui?"), "no-break space goes before"],
    ["an ordinary space inside guillemets", "messages/fr.json", title("« oui »"), "no-break space goes after"],
    [
      "an ordinary space inside guillemets between tags",
      "components/card.tsx",
      "export const Card = ({ name }: { name: string }) => <p>« {name} »</p>;\n",
      "components/card.tsx: a no-break space goes after «",
    ],
    [
      "an ordinary space inside guillemets in a template",
      "components/card.tsx",
      "export const quoted = (name: string) => `« $" + "{name} »`;\n",
      "components/card.tsx: a no-break space goes before »",
    ],
    [
      "a fault in a public text",
      "content/accueil.md",
      "Bonjour\n\nC'est ici\n",
      "content/accueil.md:3: straight apostrophe",
    ],
  ])("refuse %s", (_fault, file, text, complaint) => {
    const { code, out } = gate("messages", { [file]: text });
    expect(out).toContain(complaint);
    expect(code).toBe(1);
  });

  it("refuse a message further in than a computed key goes, and accept those it may be", () => {
    const messages = (more: object) => JSON.stringify({ home: { title: "Oui", ...more } });
    const asking = { "app/page.tsx": `${page('"title"')}export const say = (key: string) => t(key);\n` };
    const { code, out } = gate("messages", { ...asking, "messages/fr.json": messages({ parts: { old: "Non" } }) });
    expect(out).toContain('unused message "home.parts.old"');
    expect(code).toBe(1);
    expect(gate("messages", { ...asking, "messages/fr.json": messages({ other: "Non" }) })).toMatchObject({ code: 0 });
  });

  it("leave addresses and code of public texts alone", () => {
    const text = "Voir [l’aide](https://exemple.fr/?a=b;c) et `a ? b : c`.\n";
    expect(gate("messages", { "content/aide.md": text })).toMatchObject({ code: 0 });
  });
});

describe("the rule about unused code", () => {
  const manifest = { name: "sound", type: "module", scripts: {}, dependencies: {} };
  const knip = (planted: Record<string, string>) => {
    const { ignoreExportsUsedInFile } = JSON.parse(readFileSync("knip.json", "utf8"));
    const project = ["{app,components,lib,db}/**/*.{ts,tsx}"];
    const configuration = { entry: ["app/page.tsx"], project, ignoreExportsUsedInFile };
    const sound = {
      "app/page.tsx": `import { title } from "@/lib/notes/queries";\nexport default title;\n`,
      "package.json": JSON.stringify(manifest),
      "knip.json": JSON.stringify(configuration),
      "lib/notes/queries.ts": `import "@/components/card";\nimport { table } from "@/db/client";\nexport const title = table;\n`,
      "components/card.tsx": "export {};\n",
    };
    return run(["node_modules/knip/bin/knip.js"], aProject({ ...sound, ...planted }));
  };

  it("accepts a sound project", () => {
    expect(knip({})).toMatchObject({ code: 0 });
  });

  it.each([
    ["a file that nobody imports", "lib/notes/rules.ts", "export {};\n"],
    ["an export that nobody imports", "components/card.tsx", "export const Card = 1;\n"],
    ["an export that only its own file uses", "components/card.tsx", "export const Card = 1;\nconsole.log(Card);\n"],
    ["a dependency that nobody imports", "package.json", JSON.stringify({ ...manifest, dependencies: { zod: "4" } })],
  ])("refuses %s", (_fault, file, text) => {
    expect(knip({ [file]: text })).toMatchObject({ code: 1 });
  });
});

describe("the summary of the tests", () => {
  const unit = (tests: [fullName: string, status: string][]) =>
    JSON.stringify({
      testResults: [
        { name: "a", status: "passed", assertionResults: tests.map(([fullName, status]) => ({ fullName, status })) },
      ],
    });
  const stats = { expected: 2, unexpected: 0, flaky: 1, skipped: 0 };
  const firefox = (status: string) => [{ file: "firefox-esr.spec.ts", specs: [{ tests: [{ status }] }] }];
  const browser = JSON.stringify({ stats, suites: firefox("expected") });
  const summary = (vitest: string, planted: Record<string, string> = { ".reports/playwright.json": browser }) =>
    run(
      ["scripts/summarize-tests.ts"],
      aProject({
        ".reports/vitest.json": vitest,
        ".reports/faults.json": unit([["a fault on Redis", "passed"]]),
        ...planted,
      }),
    );

  it("adds up both reports", () => {
    expect(summary(unit([["on PostgreSQL a", "passed"]]))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^tests: 5 passed, 0 failed$/m),
    });
  });

  it("fails with a failed test, and with a file that does not load", () => {
    expect(summary(unit([["on PostgreSQL a", "failed"]]))).toMatchObject({ code: 1 });
    const broken = JSON.stringify({ testResults: [{ name: "a", status: "failed", assertionResults: [] }] });
    expect(summary(broken)).toMatchObject({ code: 1, out: expect.stringContaining("4 passed, 1 failed") });
  });

  it("fails when a report is missing", () => {
    expect(summary(unit([["on PostgreSQL a", "passed"]]), {})).toMatchObject({
      code: 1,
      out: expect.stringContaining("no report .reports/playwright.json"),
    });
  });

  it.each([
    ["was skipped", firefox("skipped")],
    ["is not in the report", []],
  ])("fails when the journey in Firefox ESR %s although Firefox ESR is installed", (_how, suites) => {
    vi.stubEnv("FIREFOX_ESR", process.execPath); // any file that exists
    onTestFinished(() => void vi.unstubAllEnvs());
    const report = { ".reports/playwright.json": JSON.stringify({ stats, suites }) };
    expect(summary(unit([["on PostgreSQL a", "passed"]]), report)).toMatchObject({
      code: 1,
      out: expect.stringContaining("Firefox ESR did not run"),
    });
  });

  it("says loudly that Firefox ESR is not installed", () => {
    vi.stubEnv("FIREFOX_ESR", "/nowhere");
    onTestFinished(() => void vi.unstubAllEnvs());
    const report = { ".reports/playwright.json": JSON.stringify({ stats, suites: [] }) };
    expect(summary(unit([["on PostgreSQL a", "passed"]]), report)).toMatchObject({
      code: 0,
      out: expect.stringContaining("*** firefox-esr is not installed"),
    });
  });

  it.runIf(isPostgresThere)("fails when PostgreSQL suites were skipped although PostgreSQL answers", () => {
    expect(summary(unit([["on PostgreSQL a", "skipped"]]))).toMatchObject({ code: 1 });
    expect(summary(unit([["on PGlite a", "passed"]]))).toMatchObject({ code: 1 });
  });
});
