import { describe, expect, it } from "vitest";
import { isAllowedByRobots, parseRobots } from "./robots-rules";

const isAllowed = (robots: string, path: string) =>
  isAllowedByRobots(parseRobots(robots, "AssistantIA"), new URL(path, "https://exemple.fr"));
const forAll = (...rules: string[]) => ["User-agent: *", ...rules].join("\n");

describe("whose rules they are", () => {
  it.each([
    ["everyone’s", "User-agent: *\nDisallow: /", false],
    ["another program’s", "User-agent: Autre\nDisallow: /", true],
    ["ours, before everyone’s", "User-agent: *\nDisallow: /\n\nUser-agent: AssistantIA\nAllow: /", true],
    ["ours, in any case, with a version", "User-agent: assistantia/2.0\nDisallow: /", false],
    ["ours, shared with another", "User-agent: Autre\nUser-agent: AssistantIA\nDisallow: /", false],
    [
      "ours, shared, with something between",
      "User-agent: AssistantIA\nCrawl-delay: 5\nUser-agent: Autre\nDisallow: /",
      false,
    ],
    [
      "ours, in two groups",
      "User-agent: AssistantIA\nDisallow: /b\nUser-agent: Autre\nDisallow: /c\nUser-agent: AssistantIA\nDisallow: /a",
      false,
    ],
    ["another’s, after everyone’s", "User-agent: *\nDisallow: /b\nUser-agent: Autre\nDisallow: /", true],
    ["a name that only begins as ours", "User-agent: AssistantIA-Images\nDisallow: /", true],
    ["ours, that ask nothing", "User-agent: AssistantIA\nDisallow:\n\nUser-agent: *\nDisallow: /", true],
    ["nobody’s", "Disallow: /", true],
    ["none", "", true],
    ["a page in place of the file", "<!doctype html><p>Introuvable</p>", true],
  ])("%s", (_whose, robots, allowed) => expect(isAllowed(robots, "/a")).toBe(allowed));
});

describe("what they match", () => {
  it.each([
    [["Disallow: /a"], "/a", false],
    [["Disallow: /a"], "/abc?d", false],
    [["Disallow: /a"], "/A", true],
    [["Disallow: /a/"], "/a", true],
    [["Disallow: /a", "Allow: /a/b"], "/a/b/c", true],
    [["Allow: /a/b", "Disallow: /a"], "/a/c", false],
    [["Disallow: /a", "Allow: /a"], "/a", true],
    [["Allow: /a", "Disallow: /a"], "/a", true],
    [["Disallow: /*.pdf$"], "/a/b.pdf", false],
    [["Disallow: /*.pdf$"], "/a/b.pdf?c", true],
    [["Disallow: /*.pdf"], "/a/b.pdf?c", false],
    [["Disallow: /a$"], "/a", false],
    [["Disallow: /a$"], "/ab", true],
    [["Disallow: *"], "/a", false],
    [["Disallow: /*/b/*/d"], "/a/b/c/d/e", false],
    [["Disallow: /*/b/*/d"], "/a/b/d", true],
    [["Disallow: /*a*a$"], "/a", true],
    [["Disallow: /a*$"], "/abc", false],
    [["Disallow: /", "Allow: /$"], "/", true],
    [["Disallow: /", "Allow: /$"], "/a", false],
    [["Disallow: /?q="], "/?q=a", false],
    [["Disallow: /été"], "/%C3%A9t%c3%a9", false],
    [["Disallow: /%C3%A9t%c3%a9"], "/été", false],
    [["Disallow: /%61"], "/a", false],
    [["Disallow: /a%2fb"], "/a%2Fb", false],
    [["Disallow: /a%2Fb"], "/a/b", true],
    [["Disallow: /a%2A"], "/a*", false],
    [["Disallow: /a%2A"], "/ab", true],
    [["Disallow: /a%24"], "/a$", false],
    [["Disallow: /a$b"], "/a$b", false],
    [["Disallow: /"], "/robots.txt", true],
    [["  disallow :  /a   # pas cela"], "/a", false],
    [["Disallow: /a#b"], "/a", false],
    [["Disallow /a"], "/a", true],
    [["Disallow: a"], "/a", true],
  ])("%j against %s", (rules, path, allowed) => expect(isAllowed(forAll(...rules), path)).toBe(allowed));
});

it.each(["\n", "\r\n", "\r"])("reads lines that end with %j, after a mark of byte order", (end) => {
  expect(isAllowed(`\ufeffUser-agent: *${end}Disallow: /a${end}`, "/a")).toBe(false);
});

it("is not slowed by a hostile file", () => {
  const path = `/${"a".repeat(2_000)}`;
  const hostile = [
    forAll(`Disallow: ${"*a".repeat(250_000)}b$`),
    forAll(...Array<string>(30_000).fill(`Disallow: /*a*ab`)),
    "User-agent: a\n".repeat(40_000),
    `User-agent: *\nDisallow: /a${" ".repeat(500_000)}b`,
    `User-agent:${" ".repeat(500_000)}`,
  ];
  const start = process.cpuUsage();
  for (const robots of hostile) isAllowed(robots, path);
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(5_000);
});
