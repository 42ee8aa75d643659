/** One port of the application: what serves it, where its data is, what to set for the real one. */
export type PortRow = { port: string; servedBy: string; data: string; forTheRealOne: string };

const TITLES: PortRow = {
  port: "Élément",
  servedBy: "Servi par",
  data: "Données",
  forTheRealOne: "Pour le service réel",
};

export function formatTable(rows: readonly PortRow[]): string {
  const columns = ["port", "servedBy", "data", "forTheRealOne"] as const;
  const widths = columns.map((column) => Math.max(...[TITLES, ...rows].map((row) => row[column].length)));
  const line = (row: PortRow) =>
    columns
      .map((column, index) => row[column].padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd();
  return [line(TITLES), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}
