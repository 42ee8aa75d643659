import { describe, expect, it } from "vitest";
import { CONVERSATIONS_PER_PAGE, findCursor, groupByDate, titleFrom, toCursor, UNDO_SECONDS } from "./rules";

it("shows thirty conversations at a time, and lets a deletion be undone for ten seconds", () => {
  expect([CONVERSATIONS_PER_PAGE, UNDO_SECONDS]).toEqual([30, 10]);
});

describe("titleFrom", () => {
  it("keeps a short question whole, on one line", () => {
    expect(titleFrom("  Rédiger une note\n\nsur le télétravail ")).toBe("Rédiger une note sur le télétravail");
  });

  it("cuts a long question between words, without dangling punctuation", () => {
    const title = titleFrom(
      "Pouvez-vous résumer la circulaire relative au forfait mobilités, et me dire ce qui change",
    );
    expect(title).toBe("Pouvez-vous résumer la circulaire relative au forfait…");
  });

  it("cuts a text without spaces, never inside an emoji", () => {
    const title = titleFrom("👩‍🚒".repeat(60));
    expect(title.length).toBeLessThanOrEqual(100 + 1);
    expect(title).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
  });
});

it("reads back the cursor it wrote", () => {
  const position = { at: "2026-11-24 01:02:03.123456+05:45", id: "0190a8a0-0000-7000-8000-000000000001" };
  expect(findCursor(toCursor(position))).toEqual(position);
});

describe("groupByDate", () => {
  const usedAt = (moment: string) => ({
    id: moment,
    title: "Titre",
    usedAt: new Date(moment),
    isRunning: false,
    hasUnseenAnswer: false,
    isPinned: false,
    projectId: null,
  });
  const kindOf = (moment: string, now: string) => groupByDate([usedAt(moment)], new Date(now))[0]?.kind;

  it.each([
    ["today", "2026-11-24T00:00:00+01:00"],
    ["yesterday", "2026-11-23T23:59:59+01:00"],
    ["yesterday", "2026-11-23T00:00:00+01:00"],
    ["last7Days", "2026-11-22T23:59:59+01:00"],
    ["last7Days", "2026-11-17T00:00:00+01:00"],
    ["last30Days", "2026-11-16T23:59:59+01:00"],
    ["last30Days", "2026-10-25T00:00:00+02:00"],
    ["month", "2026-10-24T23:59:59+02:00"],
  ])("puts in %s, on 24 November in Paris, what was used at %s", (kind, moment) => {
    expect(kindOf(moment, "2026-11-24T15:00:00+01:00")).toBe(kind);
  });

  it("follows the calendar of Paris, not that of the server nor UTC", () => {
    expect(kindOf("2026-11-23T22:59:59Z", "2026-11-23T23:00:00Z")).toBe("yesterday");
    expect(kindOf("2026-11-23T23:00:00Z", "2026-11-24T22:59:59Z")).toBe("today");
  });

  it.each([
    ["the day of 25 hours", "2026-10-24T23:30:00+02:00", "2026-10-25T23:30:00+01:00"],
    ["the day of 23 hours", "2026-03-28T23:59:00+01:00", "2026-03-29T00:01:00+01:00"],
    ["the day after the one of 23 hours", "2026-03-29T00:30:00+01:00", "2026-03-30T00:10:00+02:00"],
    ["the new year", "2026-12-31T23:59:00+01:00", "2027-01-01T00:01:00+01:00"],
  ])("says yesterday across %s", (_what, moment, now) => {
    expect(kindOf(moment, now)).toBe("yesterday");
  });

  it("takes a moment ahead of the clock for today", () => {
    expect(kindOf("2026-11-25T00:10:00+01:00", "2026-11-24T23:50:00+01:00")).toBe("today");
  });

  it("names each older month with its year, most recent first", () => {
    const groups = groupByDate(
      [
        "2026-01-02T10:00:00+01:00",
        "2025-12-31T23:30:00+01:00",
        "2025-12-01T00:00:00+01:00",
        "2025-11-30T23:59:00+01:00",
      ].map(usedAt),
      new Date("2026-03-15T10:00:00+01:00"),
    );
    expect(
      groups.map((group) => (group.kind === "month" ? group.month.toISOString().slice(0, 7) : group.kind)),
    ).toEqual(["2026-01", "2025-12", "2025-11"]);
    expect(groups[1]?.conversations).toHaveLength(2);
  });

  it("leaves out the groups that are empty", () => {
    expect(groupByDate([], new Date())).toEqual([]);
  });
});
