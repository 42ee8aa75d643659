import { parseSync } from "@swc/core";
import { z } from "zod";

/** A node of the syntax tree: only its type is sure. */
const nodeSchema = z.looseObject({ type: z.string() });
type Node = z.infer<typeof nodeSchema>;

/** What a file asks of the messages: exact keys, patterns of computed keys, namespaces whose own messages a computed key may be, and whole trees. */
export type Uses = { keys: Set<string>; patterns: RegExp[]; namespaces: Set<string>; trees: Set<string> };

const TRANSLATORS = new Set(["useTranslations", "getTranslations"]);
const METHODS = new Set(["rich", "markup", "raw", "has"]);
const MESSAGES_FILE = /messages\/fr\.json$/;

const asNode = (value: unknown): Node | undefined => nodeSchema.safeParse(value).data;
const path = (...parts: string[]) => parts.filter(Boolean).join(".");
const asPattern = (literal: string) => literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

export function findUses(code: string): Uses {
  const uses: Uses = { keys: new Set(), patterns: [], namespaces: new Set(), trees: new Set() };
  const translators = new Map<string, string>();
  const catalogues = new Set<string>();

  // In the order of the source: a name means the nearest translator declared above.
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return void value.forEach(visit);
    const node = asNode(value);
    if (!node) {
      if (value && typeof value === "object") Object.values(value).forEach(visit);
      return;
    }
    if (node.type === "ImportDeclaration") noteCatalogue(node, catalogues);
    if (node.type === "VariableDeclarator") noteTranslators(asNode(node.id), asNode(node.init), translators);
    if (node.type === "CallExpression") noteCall(node, translators, uses);
    if (node.type === "MemberExpression") {
      const chain = chainOf(node);
      if (chain && catalogues.has(chain[0] ?? "")) return void uses.trees.add(path(...chain.slice(1)));
    }
    Object.values(node).forEach(visit);
  };
  visit(parseSync(code, { syntax: "typescript", tsx: true }));
  return uses;
}

function noteCatalogue(node: Node, catalogues: Set<string>): void {
  if (!MESSAGES_FILE.test(String(asNode(node.source)?.value))) return;
  for (const specifier of Array.isArray(node.specifiers) ? node.specifiers : []) {
    catalogues.add(String(asNode(asNode(specifier)?.local)?.value));
  }
}

function noteTranslators(id: Node | undefined, init: Node | undefined, translators: Map<string, string>): void {
  const value = init?.type === "AwaitExpression" ? asNode(init.argument) : init;
  if (value?.type !== "CallExpression") return;
  if (id?.type === "Identifier") {
    const namespace = namespaceOf(value);
    if (namespace !== undefined) translators.set(String(id.value), namespace);
  } else if (id?.type === "ArrayPattern" && chainOf(asNode(value.callee))?.join(".") === "Promise.all") {
    const promised = asNode(argumentsOf(value)[0])?.elements;
    for (const [index, element] of (Array.isArray(id.elements) ? id.elements : []).entries()) {
      noteTranslators(
        asNode(element),
        Array.isArray(promised) ? asNode(promised[index]?.expression) : undefined,
        translators,
      );
    }
  }
}

function namespaceOf(call: Node): string | undefined {
  if (!TRANSLATORS.has(String(asNode(call.callee)?.value))) return undefined;
  const argument = asNode(argumentsOf(call)[0]);
  if (!argument) return "";
  if (argument.type === "StringLiteral") return String(argument.value);
  const property = (Array.isArray(argument.properties) ? argument.properties : [])
    .map(asNode)
    .find((candidate) => asNode(candidate?.key)?.value === "namespace");
  return property ? String(asNode(property.value)?.value) : "";
}

function noteCall(call: Node, translators: Map<string, string>, uses: Uses): void {
  const callee = asNode(call.callee);
  const namespace = translatorOf(callee, translators);
  if (namespace === undefined) return;
  const literals = literalsOf(asNode(argumentsOf(call)[0]));
  if (!literals) uses.namespaces.add(namespace);
  for (const literal of literals ?? []) {
    // What is asked for raw may be more than one message.
    if (typeof literal === "string") (isRaw(callee) ? uses.trees : uses.keys).add(path(namespace, literal));
    else uses.patterns.push(new RegExp(`^${namespace ? asPattern(`${namespace}.`) : ""}${literal.source}$`));
  }
}

const isRaw = (callee: Node | undefined): boolean => chainOf(callee)?.[1] === "raw";

/** The namespace of `t`, `t.rich` or `useTranslations("x")`, when that is what is called. */
function translatorOf(callee: Node | undefined, translators: Map<string, string>): string | undefined {
  if (callee?.type === "ParenthesisExpression") return translatorOf(asNode(callee.expression), translators);
  if (callee?.type === "AwaitExpression") return translatorOf(asNode(callee.argument), translators);
  if (callee?.type === "CallExpression") return namespaceOf(callee);
  const [name = "", method, ...more] = chainOf(callee) ?? [];
  return more.length > 0 || (method && !METHODS.has(method)) ? undefined : translators.get(name);
}

/** The keys an expression may be; undefined when it may be any. */
function literalsOf(node: Node | undefined): (string | RegExp)[] | undefined {
  if (node?.type === "StringLiteral") return [String(node.value)];
  if (node?.type === "TemplateLiteral") {
    const parts = z.array(z.looseObject({ raw: z.string() })).parse(node.quasis);
    return [new RegExp(parts.map(({ raw }) => asPattern(raw)).join("[^.]+"))];
  }
  if (node?.type === "ParenthesisExpression") return literalsOf(asNode(node.expression));
  if (node?.type === "ConditionalExpression") {
    const [one, other] = [literalsOf(asNode(node.consequent)), literalsOf(asNode(node.alternate))];
    return one && other ? [...one, ...other] : undefined;
  }
  return undefined;
}

const argumentsOf = (call: Node): unknown[] =>
  Array.isArray(call.arguments) ? call.arguments.map((argument) => argument?.expression) : [];

/** ["messages", "errors"] for `messages.errors`; undefined for what is not a plain chain of names. */
function chainOf(node: Node | undefined): string[] | undefined {
  if (node?.type === "Identifier") return [String(node.value)];
  if (node?.type !== "MemberExpression") return undefined;
  const [object, property] = [chainOf(asNode(node.object)), asNode(node.property)];
  return object && property?.type === "Identifier" ? [...object, String(property.value)] : undefined;
}
