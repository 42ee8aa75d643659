import { expect, it } from "vitest";
import { withFirstPage } from "./paged-list";

const item = (id: string, day: number) => ({ id, usedAt: new Date(Date.UTC(2026, 0, day)) });
const known = [item("a", 9), item("b", 8), item("c", 7), item("d", 6)];

const shown = (items: ReturnType<typeof item>[], nextCursor: string | null = "more"): string =>
  withFirstPage(known, { items, nextCursor }, ({ usedAt }) => usedAt)
    .map(({ id }) => id)
    .join("");

it("keeps the older ones that were already shown", () => {
  expect(shown([item("n", 10), item("a", 9)])).toBe("nabcd");
});

it("shows once what came back to the top", () => {
  expect(shown([item("c", 10), item("a", 9)])).toBe("cabd");
});

it("drops what was removed elsewhere", () => {
  expect(shown([item("a", 9), item("c", 7)])).toBe("acd");
});

it("is the page itself when there is no other", () => {
  expect(shown([item("b", 8)], null)).toBe("b");
  expect(shown([], null)).toBe("");
});
