import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { isPublicPath } from "@/lib/auth/rules";

/*
 * The middleware could be deleted: each private page goes through the gate by itself or in a layout around it, and so does
 * each handler. What the gates answer is tested where they are.
 */
const files = globSync("app/**/{page,layout,route}.{ts,tsx}").map((file) => file.replaceAll("\\", "/"));
const read = (file: string) => readFileSync(file, "utf8");

/** Folders in parentheses are not part of the address. */
const addressOf = (file: string) => {
  const folders = dirname(file).split("/").slice(1);
  return `/${folders.filter((folder) => !folder.startsWith("(")).join("/")}`;
};
const isAround = (layout: string, page: string) =>
  layout.endsWith("/layout.tsx") && page.startsWith(`${dirname(layout)}/`);

const pages = files.filter((file) => file.endsWith("/page.tsx") && !isPublicPath(addressOf(file)));
const OPEN_TO_ALL = [
  "/api/auth/[...nextauth]",
  "/api/health/live",
  "/api/health/ready",
  "/api/session/end",
  "/compte-supprime/recu",
  "/deconnexion",
];
const handlers = files.filter((file) => file.endsWith("/route.ts") && !OPEN_TO_ALL.includes(addressOf(file)));

describe("without the middleware", () => {
  it.each(pages)("%s is behind the gate of pages", (page) => {
    const drawn = files.filter((file) => file === page || isAround(file, page));
    expect(drawn.filter((file) => /await actorOrSignIn\(\)/.test(read(file)))).not.toEqual([]);
  });

  it.each(handlers)("%s is behind a gate", (handler) => {
    expect(read(handler)).toMatch(/await (requireActor|requireIdleActor|findSessionLeft)\(\)/);
  });

  it("there are pages and handlers to look at", () => {
    expect(pages.length).toBeGreaterThanOrEqual(3);
    expect(handlers.length).toBeGreaterThanOrEqual(4);
  });
});
