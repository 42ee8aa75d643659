import { expect, it } from "vitest";
import { findSaidDay, toDay } from "./written-date.ts";

const NOW = new Date("2026-03-10T12:00:00Z");

it.each([
  ["2026-03-03", "2026-03-03"],
  ["2026-03-03T00:30:00+01:00", "2026-03-03"],
  ["20260303", "2026-03-03"],
  ["03/03/2026", "2026-03-03"],
  ["3 mars 2026", "2026-03-03"],
  ["1er août 2025", "2025-08-01"],
  ["mardi 3 mars 2026", "2026-03-03"],
  ["Tue, 03 Mar 2026 10:00:00 GMT", "2026-03-03"],
  ["March 3rd, 2026", "2026-03-03"],
  ["4 July 2025", "2025-07-04"],
  ["2026-02-30", null],
  ["31/04/2025", null],
  ["2026-03-12", null],
  ["2087-01-01", null],
  ["1789-07-14", null],
  ["0000-00-00", null],
  ["hier", null],
  ["", null],
])("reads %s as %s", (written, day) => {
  expect(toDay(written, NOW)).toBe(day);
});

it.each([
  ["Publié le 3 mars 2026", "2026-03-03"],
  ["Publié le 3 mars 2026 - Mis à jour le 5 mars 2026", "2026-03-05"],
  ["Dernière mise à jour : 01/02/2026", "2026-02-01"],
  ["Vérifié le 1er janvier 2026 - Direction", "2026-01-01"],
  ["Version en vigueur depuis le 01 mars 2022", "2022-03-01"],
  ["Mise à jour le lundi 2 mars 2026", "2026-03-02"],
  ["Publié le 3 mars 2087, mis en ligne le 4 mars 2025", "2025-03-04"],
  ["La réunion du 3 mars 2026 a eu lieu", null],
])("finds in « %s » the day %s", (text, day) => {
  expect(findSaidDay(text, NOW)).toBe(day);
});
