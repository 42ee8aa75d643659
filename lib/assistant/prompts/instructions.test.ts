import { expect, it } from "vitest";
import { instructionsFor } from "./instructions";

it("gives the date in Paris, not the server's", () => {
  const justAfterMidnightInParis = new Date("2026-11-24T23:30:00Z");
  expect(instructionsFor({ now: justAfterMidnightInParis, ownInstructions: "" })).toContain(
    "mercredi 25 novembre 2026",
  );
});

it("adds what the agent wrote in the settings, after the service's own rules", () => {
  const instructions = instructionsFor({ now: new Date(), ownInstructions: "  Répondez en tableau.  " });
  expect(instructions.endsWith("Répondez en tableau.")).toBe(true);
  expect(instructions.indexOf("N’inventez jamais")).toBeLessThan(instructions.indexOf("Répondez en tableau."));
});

it("says nothing of the agent's wishes when there are none", () => {
  expect(instructionsFor({ now: new Date(), ownInstructions: " \n " })).not.toContain("Souhaits");
});
