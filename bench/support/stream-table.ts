import { arch, cpus } from "node:os";
import type { Bench, TargetName } from "./targets.ts";

type Budget =
  | { atMost: number; over?: "relay" }
  /** A multiple of what another target takes. */
  | { atMostTimes: number; of: "relay" | "sdk" };

export type Row = {
  what: string;
  unit: "ms" | "kB" | "";
  values: Partial<Record<TargetName, number>>;
  budgets: Budget[];
};

const TITLES = { relay: "relay", sdk: "AI SDK", application: "application" };

/** One table: what was measured, of each target, ours against the two others, and the budgets. */
export function streamTable(
  rows: readonly Row[],
  names: readonly TargetName[],
  { database, isPinned }: Pick<Bench, "database" | "isPinned">,
): string {
  const lines = [
    ["", ...names.map((name) => TITLES[name]), "/ relay", "/ SDK", "budget"],
    ...rows.map((row) => [
      row.what,
      ...names.map((name) => figure(row.values[name], row.unit)),
      ratio(row, "relay"),
      ratio(row, "sdk"),
      row.budgets.map((budget) => verdict(row, budget)).join(", "),
    ]),
  ];
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((cell, column) =>
        column === 0 || column === line.length - 1
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  const where = [
    `${cpus().length} cores (${arch()}, Node ${process.versions.node})`,
    isPinned ? "each server on one core" : "servers not bound to a core",
    database ? "PostgreSQL" : "embedded database",
  ];
  return [where.join(", "), "", ...text].join("\n");
}

const figure = (value: number | undefined, unit: Row["unit"]): string =>
  value === undefined || Number.isNaN(value) ? "" : `${value.toFixed(unit === "" ? 0 : 1)}${unit && ` ${unit}`}`;

function ratio({ values: { application, ...others }, unit }: Row, to: "relay" | "sdk"): string {
  const other = others[to];
  return application === undefined || !other || unit === "" ? "" : `× ${(application / other).toFixed(2)}`;
}

function verdict({ values, unit }: Row, budget: Budget): string {
  const ours = values.application;
  if (ours === undefined) return "";
  if ("atMost" in budget) {
    const floor = budget.over ? values[budget.over] : 0;
    if (floor === undefined) return "";
    const said = `≤ ${budget.atMost}${unit && ` ${unit}`}${budget.over ? ` over the ${budget.over}` : ""}`;
    return `${said} ${mark(ours - floor <= budget.atMost)}`;
  }
  const other = values[budget.of];
  if (other === undefined) return "";
  return `≤ × ${budget.atMostTimes} of the ${TITLES[budget.of]} ${mark(ours <= budget.atMostTimes * other)}`;
}

const mark = (isHeld: boolean) => (isHeld ? "✓" : "✗");
