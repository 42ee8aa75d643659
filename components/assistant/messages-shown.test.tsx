import { expect, it } from "vitest";
import { type EarlierMessages, withEarlier, withLatest } from "./messages-shown";

const some = (ids: string, hasEarlier: boolean): EarlierMessages => ({
  messages: [...ids].map((id) => ({ id, drawn: id })),
  hasEarlier,
});

it("keeps what was above the end of the conversation when that end is drawn again", () => {
  expect(withLatest(some("abcd", false), some("cdef", true))).toEqual(some("abcdef", false));
});

it("keeps nothing of another branch", () => {
  expect(withLatest(some("abcd", false), some("xyz", true))).toEqual(some("xyz", true));
  expect(withLatest(some("abcd", false), some("", false))).toEqual(some("", false));
});

it("drops what no longer follows when a branch is left for another with the same beginning", () => {
  expect(withLatest(some("abcd", true), some("bx", true))).toEqual(some("abx", true));
});

it("puts what comes before at the beginning", () => {
  expect(withEarlier(some("cd", true), "c", some("ab", false))).toEqual(some("abcd", false));
});

it("forgets what came too late, for a branch that was left", () => {
  expect(withEarlier(some("xy", true), "c", some("ab", false))).toEqual(some("xy", true));
});
