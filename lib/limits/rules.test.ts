import { expect, it } from "vitest";
import { minuteOf, parisDayOf } from "./rules";

it.each([
  ["in summer", "2026-07-03T12:00:00Z", "day-2026-07-03", "2026-07-03T22:00:00Z"],
  ["in winter", "2026-01-15T12:00:00Z", "day-2026-01-15", "2026-01-15T23:00:00Z"],
  ["just before midnight in Paris", "2026-07-03T21:59:59.999Z", "day-2026-07-03", "2026-07-03T22:00:00Z"],
  [
    "at midnight in Paris, still the day before in UTC",
    "2026-07-03T22:00:00Z",
    "day-2026-07-04",
    "2026-07-04T22:00:00Z",
  ],
  ["the day before the clocks go forward", "2026-03-28T12:00:00Z", "day-2026-03-28", "2026-03-28T23:00:00Z"],
  ["the day the clocks go forward, of 23 hours", "2026-03-29T00:30:00Z", "day-2026-03-29", "2026-03-29T22:00:00Z"],
  ["the day before the clocks go back", "2026-10-24T12:00:00Z", "day-2026-10-24", "2026-10-24T22:00:00Z"],
  ["the day the clocks go back, of 25 hours", "2026-10-25T00:30:00Z", "day-2026-10-25", "2026-10-25T23:00:00Z"],
  ["the last day of the year", "2026-12-31T22:30:00Z", "day-2026-12-31", "2026-12-31T23:00:00Z"],
])("counts tokens by the day of Paris: %s", (_when, now, name, endsAt) => {
  expect(parisDayOf(new Date(now))).toEqual({ name, endsAt: new Date(endsAt) });
});

it("counts messages by the minute of the clock", () => {
  const window = minuteOf(new Date("2026-07-03T12:00:59.999Z"));
  expect(window.endsAt).toEqual(new Date("2026-07-03T12:01:00Z"));
  expect(minuteOf(new Date("2026-07-03T12:00:00Z"))).toEqual(window);
  expect(minuteOf(new Date("2026-07-03T12:01:00Z")).name).not.toBe(window.name);
});
