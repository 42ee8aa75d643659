import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { RECEIPT_DAYS } from "@/lib/account/rules";
import { authCookies, RECEIPT_COOKIE, withReceipt } from "@/lib/auth/cookies";
import { ENDED_SESSION_KEPT_HOURS } from "@/lib/auth/maintenance";
import { SESSION_HOURS_MAX } from "@/lib/auth/rules";
import { KEPT_HOURS } from "@/lib/export/rules";
import { THEME_COOKIE, THEME_COOKIE_DAYS } from "@/lib/preferences/rules";
import { SHARE_DAYS } from "@/lib/sharing/rules";
import { LIFE_HOURS } from "@/lib/temporary/rules";

const read = (file: string) => readFileSync(file, "utf8");
const page = read("content/donnees-personnelles.md");
const rows = page.split("\n").filter((line) => line.startsWith("|"));
const rowOf = (words: string) => rows.find((row) => row.includes(words))?.replaceAll("\u00a0", " ") ?? "";

const product = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .split("\n")
  .filter((file) => /^(app|components|lib|middleware).*\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
const those = (pattern: RegExp) => product.filter((file) => pattern.test(read(file)));

const cookies = [...Object.values(authCookies).map(({ name }) => name), RECEIPT_COOKIE, THEME_COOKIE];
/** Where a name of the browser's storage begins or is whole. */
const keysOf = (file: string) =>
  [...read(file).matchAll(/^const (?:KEY|PREFIX) = "(.+)";$/gm)].map(([, key]) => key ?? "");
const storing = those(/\b(local|session)Storage\b|\bindexedDB\b/);

it("sets no cookie elsewhere than where these are named", () => {
  expect(those(/\bcookies\(\)\)?\.set|\.cookies\.set\(|set-cookie|document\.cookie/i)).toEqual([
    "lib/auth/cookies.ts",
    "lib/auth/next-auth.ts",
    "lib/auth/sign-out.ts",
    "lib/preferences/actions.ts",
  ]);
});

it("names on the page each cookie, and each thing kept in the browser, and none that is no more", () => {
  const named = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ""));
  expect(storing.map((file) => [file, keysOf(file).length])).toEqual(storing.map((file) => [file, 1]));
  const keys = storing.flatMap(keysOf);
  const covers = (name: string, kept: string) =>
    name === kept || (name.endsWith("…") && kept.startsWith(name.slice(0, -1)));
  const kept = [...cookies, ...keys];
  expect(kept.filter((one) => !named.some((name) => covers(name, one)))).toEqual([]);
  expect(named.filter((name) => !kept.some((one) => covers(name, one)))).toEqual([]);
});

it("states how long each is kept, with the numbers of the code", () => {
  const minutes = (seconds: number | undefined) => `${Number(seconds) / 60} minutes`;
  const receipt = /Max-Age=(\d+)/.exec(withReceipt("n"))?.[1];
  expect(rowOf("Vos sessions")).toContain(`${SESSION_HOURS_MAX} heures au plus`);
  expect(rowOf("Vos sessions")).toContain(`${ENDED_SESSION_KEPT_HOURS} heures après`);
  expect(rowOf("Vos sessions")).toContain(`${SESSION_HOURS_MAX + ENDED_SESSION_KEPT_HOURS} heures au plus tard`);
  expect(rowOf(authCookies.sessionToken.name)).toContain(`${SESSION_HOURS_MAX} heures`);
  expect(rowOf(authCookies.state.name)).toContain(minutes(authCookies.state.options.maxAge));
  expect(rowOf(RECEIPT_COOKIE)).toContain(minutes(Number(receipt)));
  expect(THEME_COOKIE_DAYS).toBe(365);
  expect(rowOf(THEME_COOKIE)).toContain("Un an");
  expect(rowOf("temporaires")).toContain(`${LIFE_HOURS} heures`);
  expect(rowOf("Vos liens de partage")).toContain(`${SHARE_DAYS.join(", ").replace(/, (\d+)$/, " ou $1")} jours`);
  expect(rowOf("Vos exports")).toContain(`${KEPT_HOURS} heures`);
  expect(rowOf("Le reçu")).toContain(`${RECEIPT_DAYS} jours`);
});
