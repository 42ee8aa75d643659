import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { ModelChoice, ModelHealth } from "@/lib/models/schema";
import messages from "@/messages/fr.json";
import { ModelNote } from "./model-note";
import { ModelPicker } from "./model-picker";

const aModel = (id: string, health: ModelHealth = "good"): ModelChoice => ({
  id,
  label: `Le ${id}`,
  hosting: { label: "Albert API", location: "France", operator: "DINUM", qualification: "SecNumCloud" },
  context: 128_000,
  vision: false,
  tools: false,
  reasoning: false,
  health,
});

const draw = (screen: React.ReactNode) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="fr" messages={messages} timeZone="Europe/Paris">
      {screen}
    </NextIntlClientProvider>,
  );
const picker = (models: ModelChoice[], chosenId = "grand") =>
  draw(<ModelPicker models={models} chosenId={chosenId} onChoose={() => {}} />);

it("is not there when there is no choice", () => {
  expect(picker([])).toBe("");
  expect(picker([aModel("grand")])).toBe("");
});

it("shows the model chosen, or the first one when the choice is no longer there", () => {
  const models = [aModel("grand"), aModel("petit")];
  expect(picker(models, "petit")).toContain(">Le petit<");
  expect(picker(models, "retire")).toContain(">Le grand<");
});

it("says in words how the model is when it is not well, and nothing when it is", () => {
  const named = (health: ModelHealth) =>
    /aria-label="([^"]*)"/.exec(picker([aModel("grand", health), aModel("petit")]))?.[1];
  expect(named("good")).toBe("Modèle\u00a0: Le grand");
  expect(named("degraded")).toBe("Modèle\u00a0: Le grand, répond lentement ou mal");
  expect(named("down")).toBe("Modèle\u00a0: Le grand, ne répond pas pour le moment");
  expect(draw(<ModelNote model={aModel("grand", "down")} />)).toContain(messages.assistant.models.down);
});

it("says where a model runs, and its qualification", () => {
  expect(draw(<ModelNote model={aModel("grand")} />)).toContain("Albert API · SecNumCloud");
});
