import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, countUntil, easterOf, endAfter, extensionOf, holidaysOf, isDate } from "./french-days";

const france = { isAlsaceMoselle: false };

describe("French days", () => {
  it.each([
    [1961, "1961-04-02"],
    [2000, "2000-04-23"],
    [2008, "2008-03-23"],
    [2019, "2019-04-21"],
    [2024, "2024-03-31"],
    [2026, "2026-04-05"],
    [2038, "2038-04-25"],
  ])("finds Easter of %i", (year, easter) => {
    expect(easterOf(year)).toBe(easter);
  });

  it("knows the eleven holidays of 2026, and two more in Alsace and Moselle", () => {
    expect([...holidaysOf(2026, france).keys()]).toEqual([
      "2026-01-01",
      "2026-04-06",
      "2026-05-01",
      "2026-05-08",
      "2026-05-14",
      "2026-05-25",
      "2026-07-14",
      "2026-08-15",
      "2026-11-01",
      "2026-11-11",
      "2026-12-25",
    ]);
    const local = holidaysOf(2026, { isAlsaceMoselle: true });
    expect(local.get("2026-04-03")).toBe("goodFriday");
    expect(local.get("2026-12-26")).toBe("saintStephen");
    expect(local.size).toBe(13);
  });

  it("counts calendar, business and working days from the day after", () => {
    const from = (kind: "calendar" | "business" | "working") => ({ start: "2026-04-30", kind, region: france });
    expect(endAfter(from("calendar"), 10).end).toBe("2026-05-10");
    // 1, 8 and 14 May are holidays; 3 and 10 May are Sundays.
    expect(endAfter(from("business"), 10).end).toBe("2026-05-15");
    expect(endAfter(from("working"), 10)).toEqual({
      end: "2026-05-19",
      days: 10,
      holidays: [
        { date: "2026-05-01", name: "labour" },
        { date: "2026-05-08", name: "victory" },
        { date: "2026-05-14", name: "ascension" },
      ],
    });
  });

  it("goes back in time, and stays where it is for no day at all", () => {
    const back = endAfter({ start: "2026-05-11", kind: "working", region: france }, -2);
    expect(back).toEqual({ end: "2026-05-06", days: -2, holidays: [{ date: "2026-05-08", name: "victory" }] });
    expect(endAfter({ start: "2026-05-11", kind: "working", region: france }, 0).end).toBe("2026-05-11");
  });

  it("extends what ends on a Saturday, a Sunday or a holiday", () => {
    expect(extensionOf("2026-05-08", france)).toBe("2026-05-11");
    expect(extensionOf("2026-04-03", { isAlsaceMoselle: true })).toBe("2026-04-07");
    expect(extensionOf("2026-05-11", france)).toBeNull();
  });

  it("refuses dates that do not exist", () => {
    expect(["2026-02-29", "2026-13-01", "2026-1-1", "demain", ""].filter(isDate)).toEqual([]);
    expect(isDate("2028-02-29")).toBe(true);
  });

  it("counts back what it counted forth", () => {
    const kinds = fc.constantFrom("calendar" as const, "business" as const, "working" as const);
    const starts = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays("1990-01-01", days));
    fc.assert(
      fc.property(starts, kinds, fc.integer({ min: 1, max: 400 }), fc.boolean(), (start, kind, days, isLocal) => {
        const span = { start, kind, region: { isAlsaceMoselle: isLocal } };
        expect(countUntil(span, endAfter(span, days).end).days).toBe(days);
      }),
    );
  });
});
