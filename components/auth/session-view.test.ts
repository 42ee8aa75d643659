import { expect, it } from "vitest";
import { sessionView } from "./session-view";

it("says nothing before the last five minutes, and looks again when they begin", () => {
  expect(sessionView(200, { secondsLeft: 7200, canExtend: true })).toEqual({
    view: { phase: "open" },
    checkInMs: 6_900_000,
  });
  expect(sessionView(200, { secondsLeft: 301, canExtend: true }).view).toEqual({ phase: "open" });
});

it("warns in the last five minutes, and follows what other tabs do", () => {
  expect(sessionView(200, { secondsLeft: 300, canExtend: true })).toEqual({
    view: { phase: "ending", minutes: 5, canExtend: true },
    checkInMs: 21_000,
  });
  const minutesAt = (secondsLeft: number) => sessionView(200, { secondsLeft, canExtend: true }).view;
  expect(minutesAt(290)).toMatchObject({ minutes: 5 });
  expect(minutesAt(60)).toMatchObject({ minutes: 1 });
  expect(sessionView(200, { secondsLeft: 59, canExtend: false }).view).toMatchObject({ minutes: 0, canExtend: false });
});

it("says that the session is over only when the server does", () => {
  expect(sessionView(401, null).view).toEqual({ phase: "ended" });
  for (const status of [0, 500, 503]) expect(sessionView(status, null)).toEqual({ view: null, checkInMs: 30_000 });
});
