import { describe, expect, it } from "vitest";
import { aModelsFile } from "@/tests/support/models";
import {
  checkModels,
  HEALTH_WINDOW_MS,
  healthOf,
  inOrderOfTrial,
  modelsFor,
  type ObservedCall,
  type Probe,
  SLOW_FIRST_TOKEN_MS,
} from "./rules";

const check = (file: unknown, variables: string[] = ["CLE"]) => checkModels(file, (name) => variables.includes(name));
const problemsOf = (...given: Parameters<typeof check>) => {
  const result = check(...given);
  return result.ok ? [] : result.problems;
};
const withModel = (fields: object) => aModelsFile([{ id: "grand" }, { id: "petit", ...fields }]);
const withProvider = (fields: object) => {
  const file = aModelsFile([{ id: "grand" }]);
  return { ...file, providers: [{ ...file.providers[0], ...fields }] };
};

describe("models.json", () => {
  it("is accepted with the least it can say, and completed", () => {
    expect(check(aModelsFile([{ id: "grand" }]))).toMatchObject({
      ok: true,
      file: {
        providers: [{ zone: "WOR" }],
        models: [{ vision: false, tools: false, reasoning: false, fallbacks: [], roles: { length: 4 } }],
      },
    });
  });

  it("has sizes in billions, exact or as an interval, that come out as intervals", () => {
    const result = check(withModel({ parameters: { total: [70, 120], active: 24 } }));
    expect(result).toMatchObject({ file: { models: [{}, { parameters: { total: [70, 120], active: [24, 24] } }] } });
  });

  it.each([
    ["a context in words", withModel({ context: "32k" }), "models[1].context : un nombre de jetons est attendu."],
    ["a context missing", withModel({ context: undefined }), "models[1].context : ce champ est obligatoire."],
    ["an unknown job", withModel({ jobs: ["chat"] }), /^models\[1\]\.jobs\[0\] : une valeur parmi "answer", "title"/],
    ["an unknown role", withModel({ roles: ["agent"] }), /^models\[1\]\.roles\[0\] : une valeur parmi "member"/],
    ["an unknown field", withModel({ contexte: 1 }), 'models[1] : champ inconnu : "contexte".'],
    [
      "a temperature out of bounds",
      withModel({ temperature: 3 }),
      "models[1].temperature : un nombre de 0 à 2 est attendu.",
    ],
    [
      "an interval upside down",
      withModel({ parameters: { total: [9, 1], active: 1 } }),
      "models[1].parameters.total : le minimum dépasse le maximum.",
    ],
    [
      "an answer longer than the context",
      withModel({ context: 4096, outputMax: 4096 }),
      "models[1].outputMax : doit être plus petit que context.",
    ],
    [
      "a provider that does not exist",
      withModel({ provider: "ovh" }),
      "models[1].provider : le fournisseur « ovh » n’existe pas.",
    ],
    [
      "a fallback that does not exist",
      withModel({ fallbacks: ["moyen"] }),
      "models[1].fallbacks[0] : le modèle « moyen » n’existe pas.",
    ],
    [
      "a model that is its own fallback",
      withModel({ fallbacks: ["grand", "petit"] }),
      "models[1].fallbacks[1] : un modèle ne peut pas se secourir lui-même.",
    ],
    ["an identifier taken twice", withModel({ id: "grand" }), "models[1].id : l’identifiant « grand » est déjà pris."],
    [
      "a variable that is not set",
      withProvider({ apiKeyVariable: "ABSENTE" }),
      "providers[0].apiKeyVariable : la variable ABSENTE n’est pas définie.",
    ],
    [
      "a key in place of its variable",
      withProvider({ apiKeyVariable: "sk-1234" }),
      /^providers\[0\]\.apiKeyVariable : le nom d’une variable .* jamais la clé/,
    ],
    [
      "an address that is none",
      withProvider({ baseUrl: "albert" }),
      /^providers\[0\]\.baseUrl : une adresse commençant par http/,
    ],
    ["an unknown zone", withProvider({ zone: "FR" }), /^providers\[0\]\.zone : une valeur parmi "FRA"/],
    ["no hosting", withProvider({ hosting: undefined }), "providers[0].hosting : ce champ est obligatoire."],
    [
      "no model that answers",
      aModelsFile([{ id: "titres", jobs: ["title"] }]),
      'models : au moins un modèle dont jobs contient "answer" est attendu.',
    ],
    ["a list in place of an object", [], "un objet est attendu."],
  ])("is refused with %s, in one sentence that says where", (_what, file, problem) => {
    expect(problemsOf(file)).toEqual([typeof problem === "string" ? problem : expect.stringMatching(problem)]);
  });

  it("is refused when a role has no model that answers, which is named", () => {
    const file = aModelsFile([{ id: "grand", roles: ["referent", "administrator"] }]);
    expect(problemsOf(file)).toEqual([
      'models : aucun modèle qui répond n’est ouvert au rôle "member".',
      'models : aucun modèle qui répond n’est ouvert au rôle "analyst".',
    ]);
  });

  it("is refused with a fallback that cannot do the job, and accepted with one that can", () => {
    const withJobs = (jobs: string[], fallbackJobs: string[]) =>
      problemsOf(aModelsFile([{ id: "a" }, { id: "b", jobs, fallbacks: ["c"] }, { id: "c", jobs: fallbackJobs }]));
    expect(withJobs(["title"], ["answer"])).toEqual([]);
    expect(withJobs(["embedding"], ["embedding"])).toEqual([]);
    const problem = expect.stringMatching(/^models\[1\]\.fallbacks\[0\] : le modèle .*c.* ne peut faire aucune tâche/);
    expect(withJobs(["answer"], ["title"])).toEqual([problem]);
    expect(withJobs(["embedding"], ["answer"])).toEqual([problem]);
  });

  it("may have models that are each other's fallback", () => {
    expect(
      problemsOf(
        aModelsFile([
          { id: "a", fallbacks: ["b"] },
          { id: "b", fallbacks: ["a"] },
        ]),
      ),
    ).toEqual([]);
  });

  it("never says the value of a variable", () => {
    expect(problemsOf(withProvider({ apiKeyVariable: "CLE" }), [])).toEqual([
      "providers[0].apiKeyVariable : la variable CLE n’est pas définie.",
    ]);
  });
});

it("keeps the models that do a job for a role, in the order of the file", () => {
  const result = check(
    aModelsFile([{ id: "a" }, { id: "b", roles: ["analyst"] }, { id: "c", jobs: ["title"] }, { id: "d" }]),
  );
  const { models } = result.ok ? result.file : { models: [] };
  const ids = (...given: [Parameters<typeof modelsFor>[1], Parameters<typeof modelsFor>[2]]) =>
    modelsFor(models, ...given).map(({ id }) => id);
  expect(ids("answer", "member")).toEqual(["a", "d"]);
  expect(ids("answer", "analyst")).toEqual(["a", "b", "d"]);
  expect(ids("answer", null)).toEqual(["a", "b", "d"]);
  expect(ids("title", "member")).toEqual(["c"]);
});

it("tries a model first even when it is degraded, and after its fallbacks when it is down", () => {
  const order = (health: Record<string, "good" | "degraded" | "down">) =>
    inOrderOfTrial(["asked", "first", "second"], (id) => health[id] ?? "good").join(" ");
  expect(order({})).toBe("asked first second");
  expect(order({ asked: "degraded" })).toBe("asked first second");
  expect(order({ asked: "down" })).toBe("first second asked");
  expect(order({ asked: "down", first: "down" })).toBe("second asked first");
  expect(order({ asked: "down", first: "down", second: "down" })).toBe("asked first second");
});

describe("the health of a model", () => {
  const NOW = 1_800_000_000_000;
  const calls = (outcomes: string, firstTokenMs = 500, ago = 1000): ObservedCall[] =>
    [...outcomes].map((outcome) => ({
      at: NOW - ago,
      isFailure: outcome === "x",
      firstTokenMs: outcome === "x" ? null : firstTokenMs,
    }));
  const reachable: Probe = { at: NOW - 10_000, isReachable: true };
  const silent: Probe = { at: NOW - 10_000, isReachable: false };

  it.each([
    ["nothing is known", [], null, "good"],
    ["its provider answers", [], reachable, "good"],
    ["its provider does not answer", [], silent, "down"],
    ["its provider does not answer, but the model has since", calls("."), silent, "good"],
    ["its provider does not answer, and the model had before", calls(".", 500, 20_000), silent, "down"],
    ["one call in two failed, of two", calls("x."), reachable, "good"],
    ["one call in ten failed", calls("xx.................."), reachable, "degraded"],
    ["one call in twenty failed", calls("xx......................................"), reachable, "good"],
    ["two calls in four failed", calls("xx.."), reachable, "degraded"],
    ["three calls in six failed", calls("xxx..."), reachable, "down"],
    ["every call failed", calls("xxx"), reachable, "down"],
    ["every call failed, long ago", calls("xxx", 500, HEALTH_WINDOW_MS), reachable, "good"],
    ["it is slow", calls("...", SLOW_FIRST_TOKEN_MS + 1), reachable, "degraded"],
    ["it is nearly slow", calls("...", SLOW_FIRST_TOKEN_MS), reachable, "good"],
    ["it was slow once", [...calls(".", 20_000), ...calls("..")], reachable, "good"],
  ] as [string, ObservedCall[], Probe | null, string][])("when %s", (_what, observed, probe, health) => {
    expect(healthOf(observed, probe, NOW)).toBe(health);
  });
});
