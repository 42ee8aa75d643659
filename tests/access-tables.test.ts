import { globSync, readFileSync } from "node:fs";
import { parseSync } from "@swc/core";
import { expect, it } from "vitest";
import { z } from "zod";

const read = (file: string) => readFileSync(file, "utf8");

/** Whatever reads or changes someone's data takes the actor, or the owner's identifier, first; what gives SQL only says whose. */
const DECLARED =
  /export (?:(?:async )?function\*? (\w+)(?:<[^>]*>)?|const (\w+) = (?:cache\()?(?:async )?)\(\s*(?:actor: Actor|ownerId: string)([\s\S]*?)(?:\{\n|=>)/g;
const operationsIn = (code: string): string[] =>
  [...code.matchAll(DECLARED)].flatMap(([, declared, assigned, signature = ""]) =>
    /\): SQL\b[^)]*$/.test(signature) ? [] : [declared ?? assigned ?? ""],
  );
const operations = globSync("lib/*/{queries,mutations}.ts")
  .filter((file) => read(file).includes('from "@/db/client"'))
  .flatMap((file) => operationsIn(read(file)).map((name) => [name, file] as const));

/** A node of the syntax tree: only its type is sure. */
const nodeSchema = z.looseObject({ type: z.string() });
type Node = z.infer<typeof nodeSchema>;
const asNode = (value: unknown): Node | undefined => nodeSchema.safeParse(value).data;

function nodesIn(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (!value || typeof value !== "object") return [];
  const node = asNode(value);
  return [...(node ? [node] : []), ...Object.values(value).flatMap(nodesIn)];
}
const nameOf = (value: unknown): string | undefined => {
  const node = asNode(value);
  return node?.type === "Identifier" ? String(node.value) : undefined;
};

/** What is called in the tables and the tests that a file tries as each role: `describe.each` and `it.each` of `someoneElse`. */
function triedAsEachRole(code: string): string[] {
  const all = nodesIn(parseSync(code, { syntax: "typescript" }));
  const declared = new Map<string, unknown>();
  for (const node of all) {
    if (node.type === "VariableDeclarator") declared.set(nameOf(node.id) ?? "", node.init);
    if (node.type === "FunctionDeclaration") declared.set(nameOf(node.identifier) ?? "", node.body);
  }
  /** With what the names in it stand for in this file. */
  const whole = (value: unknown, seen = new Set<string>()): Node[] => {
    const nodes = nodesIn(value);
    const names = nodes.flatMap((node) => nameOf(node) ?? []).filter((name) => declared.has(name) && !seen.has(name));
    for (const name of names) seen.add(name);
    return [...nodes, ...[...new Set(names)].flatMap((name) => whole(declared.get(name), seen))];
  };
  return all.flatMap((node) => {
    const each = asNode(node.callee);
    const isEach = each?.type === "CallExpression" && nameOf(asNode(asNode(each.callee)?.property)) === "each";
    if (
      node.type !== "CallExpression" ||
      !isEach ||
      !whole(each.arguments).some((one) => nameOf(one) === "someoneElse")
    )
      return [];
    return whole(node.arguments)
      .filter(({ type }) => type === "CallExpression")
      .flatMap(({ callee }) => nameOf(callee) ?? []);
  });
}

const tried = new Set(
  globSync("lib/**/*.test.ts")
    .map(read)
    .filter((text) => text.includes("onEachDatabase("))
    .flatMap(triedAsEachRole),
);

it("finds the operations, however they are written", () => {
  expect(operations.length).toBeGreaterThanOrEqual(130);
  const forms = [
    "export async function one(actor: Actor, id: string): Promise<void> {\n",
    "export function two(\n  actor: Actor,\n  id: string,\n): Promise<string> {\n",
    "export const three = (actor: Actor, ids: readonly string[]): Promise<string[]> =>\n",
    "export const four = cache(async (actor: Actor): Promise<Profile> => {\n",
    "export const five = async (\n  ownerId: string,\n): Promise<void> =>\n",
    "export async function* six<T>(ownerId: string): AsyncGenerator<T> {\n",
    "export const seven = (actor: Actor, where: SQL): Promise<void> =>\n",
    "export const notOne = (actor: Actor): SQL | undefined =>\n",
  ];
  expect(operationsIn(forms.join(""))).toEqual(["one", "two", "three", "four", "five", "six", "seven"]);
});

it.each(operations)("tries %s of %s as each role on someone else's, on each engine", (operation) => {
  expect(tried).toContain(operation);
});
