import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ENGINE_VARIABLES, readSettings, settingsSchema } from "@/lib/env";
import { modelsFileSchema } from "@/lib/models/schema";
import { readModelsFile } from "@/lib/providers/models-file";

const example = readFileSync(".env.example", "utf8");
const documented = [...example.matchAll(/^([A-Z0-9_]+)=(.*)$/gm)];

it("documents every variable the product reads, and no other", () => {
  expect(documented.map(([, name]) => name).sort()).toEqual(Object.keys(settingsSchema.shape).sort());
});

it("can be copied as it is: every variable is empty, and that configuration is accepted", () => {
  expect(readSettings(Object.fromEntries(documented.map(([, name, value]) => [name, value])))).toMatchObject({
    ok: true,
  });
});

it("reads the environment in one file of the product", () => {
  const mayRead =
    /^(lib\/env\.ts|instrumentation\.ts|scripts\/|bench\/|tests\/|[^/]+\.config\.[cm]?[jt]s$)|\.test\.tsx?$/;
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" });
  const readers = files
    .split("\n")
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !mayRead.test(file))
    .filter((file) => /process\.env\b/.test(readFileSync(file, "utf8")));
  expect(readers).toEqual([]);
});

it("describes every field of models.json, and gives an example that is accepted", () => {
  const described = readFileSync("docs/models.md", "utf8");
  const { providers, models } = modelsFileSchema.shape;
  for (const field of [...Object.keys(providers.element.shape), ...Object.keys(models.element.shape)])
    expect(described).toMatch(new RegExp(`\\| \`${field}(\\.[a-z]+)?\``));
  const read = readModelsFile("docs/models.example.json", () => true);
  expect(read.ok ? [] : read.problems).toEqual([]);
});

it("names in the documentation every domain that is official by default, and the variable of each engine", () => {
  const described = readFileSync("docs/operations.md", "utf8");
  for (const domain of settingsSchema.shape.WEB_PREFERRED_DOMAINS.parse(undefined))
    expect(described).toContain(`\`${domain}\``);
  for (const name of Object.values(ENGINE_VARIABLES)) expect(described).toContain(`\`${name}\``);
});

it("gives settings of SearXNG in which JSON is permitted", () => {
  expect(readFileSync("deploy/searxng/settings.yml", "utf8")).toMatch(/^ {2}formats:\n(?: {4}- \w+\n)* {4}- json$/m);
});
