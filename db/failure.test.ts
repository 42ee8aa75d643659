import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, it, vi } from "vitest";
import { reportFailure } from "@/lib/telemetry/report";
import { anActor } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { setTestSettings } from "@/tests/support/settings";
import { asEachMember, asMember } from "./client";
import { withoutWords } from "./failure";

setTestSettings({});
const SECRET = "dossier de Camille";
const failing = sql`select ${SECRET}::int`;

onEachDatabase(() => {
  it.each(["a statement", "statements sent together"])("%s that fails says how, never with what words", async (how) => {
    const { agentId: actorId } = await anActor();
    const asked =
      how === "a statement"
        ? asMember(actorId, (tx) => tx.execute(failing))
        : asEachMember([{ actorId, statement: failing }]);
    const error = await asked.then(
      () => null,
      (failure: unknown) => failure,
    );
    expect(error).toMatchObject({ name: "DatabaseError", code: "22P02" });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/Camille|select/);

    const lines: string[] = [];
    vi.mocked(console.error).mockImplementation((line: string) => void lines.push(line));
    reportFailure(error, { operation: "essai" });
    vi.mocked(console.error).mockClear();
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ name: "DatabaseError", fault: "22P02" });
  });
});

it.each([
  ["CONNECTION_CLOSED", Object.assign(new Error("write CONNECTION_CLOSED"), { code: "CONNECTION_CLOSED" })],
  ["unknown", undefined],
])("a statement that a cut connection took with it says %s alone", (code, cause) => {
  const error = withoutWords(new DrizzleQueryError(`select '${SECRET}'`, [SECRET], cause));
  expect(error).toMatchObject({ name: "DatabaseError", code });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/Camille|select/);
});

it("leaves any other failure as it is", () => {
  const error = new Error("autre");
  expect(withoutWords(error)).toBe(error);
});
