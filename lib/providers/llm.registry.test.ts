import { beforeEach, describe, expect, it } from "vitest";
import { installModelsOf } from "@/tests/support/models";
import { setTestSettings } from "@/tests/support/settings";
import { defaultModelId, isModelAllowed, listAnswerModels, modelInfo } from "./llm";
import { forgetHealth } from "./llm.health";
import { installModels } from "./llm.registry";

setTestSettings();

const GRAND = { id: "grand", fallbacks: ["petit"], context: 128_000, outputMax: 4_000, vision: true };
const PETIT = { id: "petit", parameters: { total: 24, active: [4, 6] } };

beforeEach(() => {
  forgetHealth();
  installModelsOf([GRAND, PETIT]);
});

describe("what is known of the models", () => {
  it("is what each role may choose, in the order of the file, and nothing secret", () => {
    installModelsOf([GRAND, { ...PETIT, roles: ["analyst"] }, { id: "titres", jobs: ["title"] }]);
    expect(listAnswerModels("member")).toEqual([
      {
        id: "grand",
        label: "Le grand",
        hosting: { label: "albert, en France", location: "France", operator: "DINUM" },
        context: 128_000,
        vision: true,
        tools: false,
        reasoning: false,
        health: "good",
      },
    ]);
    expect(listAnswerModels("analyst").map(({ id }) => id)).toEqual(["grand", "petit"]);
    expect([isModelAllowed("petit", "member"), isModelAllowed("petit", "analyst")]).toEqual([false, true]);
    expect([isModelAllowed("titres", "analyst"), isModelAllowed("inconnu", "analyst")]).toEqual([false, false]);
  });

  it("begins, for each role, with the first model that role may use", () => {
    installModelsOf([{ ...GRAND, roles: ["analyst", "administrator"] }, PETIT]);
    expect([defaultModelId("member"), defaultModelId("analyst")]).toEqual(["petit", "grand"]);
  });

  it("has what the context and the CO2 need, the share of the answer included when the file does not say it", () => {
    expect(modelInfo("grand")).toMatchObject({ context: 128_000, outputMax: 4_000, parameters: null, zone: "WOR" });
    expect(modelInfo("petit")).toMatchObject({
      context: 32_768,
      outputMax: 8_192,
      parameters: { total: [24, 24], active: [4, 6] },
    });
    expect(modelInfo("inconnu")).toBeNull();
  });

  it("is one model, from the variables, when there is no file", () => {
    installModels(undefined);
    expect(listAnswerModels("member")).toMatchObject([
      { label: "essai", hosting: { label: "127.0.0.1" }, context: 65_536, health: "good" },
    ]);
    expect(modelInfo(defaultModelId("member"))?.label).toBe("essai");
  });
});
