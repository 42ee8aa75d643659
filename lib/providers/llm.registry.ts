import "server-only";
import { env, hasVariable, readVariable, type Settings } from "@/lib/env";
import type { ModelEntry, ModelsFile, ProviderEntry } from "@/lib/models/schema";
import type { ModelServer } from "./llm.openai-compatible";
import { readModelsFile } from "./models-file";

/** The one model of an installation that describes none in a file. */
const ONLY = "modele";

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & {
  assistantModels?: ModelsFile;
  assistantRefusedOptions?: Map<string, Set<string>>;
};

/** The providers and models of this installation, read once. The launcher has verified them. */
export function models(): ModelsFile {
  shared.assistantModels ??= load(env());
  return shared.assistantModels;
}

/** For tests: another installation. */
export function installModels(file: ModelsFile | undefined): void {
  if (file) shared.assistantModels = file;
  else delete shared.assistantModels;
}

function load(settings: Settings): ModelsFile {
  if (!settings.MODELS_FILE) return fromShortForm(settings);
  const read = readModelsFile(settings.MODELS_FILE, hasVariable);
  if (!read.ok) throw new Error(read.problems.join(" "));
  return read.file;
}

function fromShortForm(settings: Settings): ModelsFile {
  const { LLM_BASE_URL = "", LLM_MODEL = "", LLM_LABEL = LLM_MODEL, LLM_API_KEY } = settings;
  const place = settings.LLM_HOSTING ?? new URL(LLM_BASE_URL).hostname;
  return {
    providers: [
      {
        id: ONLY,
        baseUrl: LLM_BASE_URL,
        ...(LLM_API_KEY && { apiKeyVariable: "LLM_API_KEY" }),
        hosting: { label: place, location: place, operator: place },
        zone: "WOR",
      },
    ],
    models: [
      {
        id: ONLY,
        provider: ONLY,
        model: LLM_MODEL,
        label: LLM_LABEL,
        jobs: ["answer"],
        context: settings.LLM_CONTEXT,
        vision: false,
        tools: settings.LLM_TOOLS,
        reasoning: false,
        roles: ["member", "referent", "analyst", "administrator"],
        fallbacks: [],
      },
    ],
  };
}

export const findModel = (id: string): ModelEntry | null => models().models.find((model) => model.id === id) ?? null;

export function providerOf(model: ModelEntry): ProviderEntry {
  const provider = models().providers.find(({ id }) => id === model.provider);
  if (!provider) throw new Error(`The model ${model.id} has no provider`);
  return provider;
}

export const apiKeyOf = ({ apiKeyVariable }: ProviderEntry): string | undefined =>
  apiKeyVariable ? readVariable(apiKeyVariable) : undefined;

/** How to reach a model. `outputMax` may only lower its own. */
export function serverOf(model: ModelEntry, outputMax?: number): Omit<ModelServer, "limits"> {
  const provider = providerOf(model);
  const limit = Math.min(model.outputMax ?? Number.POSITIVE_INFINITY, outputMax ?? Number.POSITIVE_INFINITY);
  return {
    baseUrl: provider.baseUrl,
    apiKey: apiKeyOf(provider),
    model: model.model,
    outputMax: Number.isFinite(limit) ? limit : undefined,
    temperature: model.temperature,
    reasoningEffort: model.reasoningEffort,
    refusedOptions: refusedOptionsOf(model.id),
  };
}

function refusedOptionsOf(id: string): Set<string> {
  shared.assistantRefusedOptions ??= new Map();
  const known = shared.assistantRefusedOptions.get(id) ?? new Set();
  shared.assistantRefusedOptions.set(id, known);
  return known;
}
