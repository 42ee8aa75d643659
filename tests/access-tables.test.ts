import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (file: string) => readFileSync(file, "utf8");

/** Whatever reads or changes someone's data takes the actor, or the owner's identifier, first. */
const operations = globSync("lib/*/{queries,mutations}.ts")
  .filter((file) => read(file).includes('from "@/db/client"'))
  .flatMap((file) =>
    [
      ...read(file).matchAll(
        /export (?:async function (\w+)|const (\w+) = (?:cache\()?async) ?\(\s*(?:actor: Actor|ownerId: string)/g,
      ),
    ].map(([, declared, assigned]) => [declared ?? assigned ?? "", file] as const),
  );
const accessTests = globSync("lib/**/*.test.ts")
  .map(read)
  .filter((text) => text.includes("onEachDatabase(") && text.includes('role: "administrator"'))
  .join("\n");

it("finds the operations", () => {
  expect(operations.length).toBeGreaterThanOrEqual(20);
});

it.each(operations)("tries %s of %s as its owner and as others, on each engine", (operation) => {
  expect(accessTests).toMatch(new RegExp(`\\b${operation}\\(`));
});
