import type { AgentRole } from "../auth/schema.ts";
import { AGENT_ROLES } from "../auth/schema.ts";
import { type ModelEntry, type ModelHealth, type ModelJob, type ModelsFile, modelsFileSchema } from "./schema.ts";

export type ModelsResult = { ok: true; file: ModelsFile } | { ok: false; problems: string[] };

type Path = readonly PropertyKey[];

/** `hasVariable` says whether an environment variable is set. Each problem is a French sentence that starts with its path. */
export function checkModels(value: unknown, hasVariable: (name: string) => boolean): ModelsResult {
  const parsed = modelsFileSchema.safeParse(value);
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.map(({ path, message }) => toProblem(path, message)) };
  }
  const problems = [
    ...repeatedIds("providers", parsed.data.providers),
    ...repeatedIds("models", parsed.data.models),
    ...missingKeys(parsed.data, hasVariable),
    ...parsed.data.models.flatMap((model, index) => wrongReferences(parsed.data, model, index)),
    ...missingAnswers(parsed.data),
  ];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, file: parsed.data };
}

function toProblem(path: Path, message: string): string {
  const written = path.map((step, index) =>
    typeof step === "number" ? `[${step}]` : `${index > 0 ? "." : ""}${String(step)}`,
  );
  return written.length > 0 ? `${written.join("")} : ${message}.` : `${message}.`;
}

function repeatedIds(list: "providers" | "models", entries: readonly { id: string }[]): string[] {
  return entries.flatMap(({ id }, index) =>
    entries.findIndex((entry) => entry.id === id) < index
      ? [toProblem([list, index, "id"], `l’identifiant « ${id} » est déjà pris`)]
      : [],
  );
}

function missingKeys({ providers }: ModelsFile, hasVariable: (name: string) => boolean): string[] {
  return providers.flatMap(({ apiKeyVariable }, index) =>
    apiKeyVariable && !hasVariable(apiKeyVariable)
      ? [toProblem(["providers", index, "apiKeyVariable"], `la variable ${apiKeyVariable} n’est pas définie`)]
      : [],
  );
}

function wrongReferences({ providers, models }: ModelsFile, model: ModelEntry, index: number): string[] {
  const problems: string[] = [];
  if (!providers.some(({ id }) => id === model.provider)) {
    problems.push(toProblem(["models", index, "provider"], `le fournisseur « ${model.provider} » n’existe pas`));
  }
  if (model.outputMax !== undefined && model.outputMax >= model.context) {
    problems.push(toProblem(["models", index, "outputMax"], "doit être plus petit que context"));
  }
  for (const [position, fallback] of model.fallbacks.entries()) {
    const path = ["models", index, "fallbacks", position];
    const target = models.find(({ id }) => id === fallback);
    if (fallback === model.id) problems.push(toProblem(path, "un modèle ne peut pas se secourir lui-même"));
    else if (!target) problems.push(toProblem(path, `le modèle « ${fallback} » n’existe pas`));
    else if (!canReplace(target, model))
      problems.push(toProblem(path, `le modèle « ${fallback} » ne peut faire aucune tâche de « ${model.id} »`));
  }
  return problems;
}

/** A model that answers can also write a title or a summary. */
const canReplace = (fallback: ModelEntry, { jobs }: ModelEntry) =>
  fallback.jobs.some((job) => jobs.includes(job) || (job === "answer" && !jobs.includes("embedding")));

function missingAnswers({ models }: ModelsFile): string[] {
  const answering = models.filter(({ jobs }) => jobs.includes("answer"));
  if (answering.length === 0) return ['models : au moins un modèle dont jobs contient "answer" est attendu.'];
  return AGENT_ROLES.filter((role) => !answering.some(({ roles }) => roles.includes(role))).map(
    (role) => `models : aucun modèle qui répond n’est ouvert au rôle "${role}".`,
  );
}

/** The models that may do a job for someone, in the order of the file. */
export const modelsFor = (models: readonly ModelEntry[], job: ModelJob, role: AgentRole | null): ModelEntry[] =>
  models.filter(({ jobs, roles }) => jobs.includes(job) && (role === null || roles.includes(role)));

/** A model, then its fallbacks in order; those that are down come after those that are not. */
export function inOrderOfTrial<Model>(candidates: readonly Model[], healthOf: (model: Model) => ModelHealth): Model[] {
  const isDown = (model: Model) => healthOf(model) === "down";
  return [...candidates.filter((model) => !isDown(model)), ...candidates.filter(isDown)];
}

export const HEALTH_WINDOW_MS = 5 * 60_000;
/** A median time to the first token beyond which a model is said slow. */
export const SLOW_FIRST_TOKEN_MS = 10_000;
const DEGRADED_FAILURE_RATE = 0.1;
const DOWN_FAILURE_RATE = 0.5;
/** Fewer than this prove nothing. */
const DEGRADED_FAILURES_MIN = 2;
const DOWN_FAILURES_MIN = 3;

/** One call to a model; milliseconds since the epoch. `firstTokenMs` is null when none came. */
export type ObservedCall = { at: number; isFailure: boolean; firstTokenMs: number | null };
/** The last look at a provider's list of models. */
export type Probe = { at: number; isReachable: boolean };

/** What is known of a model at `now`: its provider's last probe, and its own calls of the last five minutes. */
export function healthOf(calls: readonly ObservedCall[], probe: Probe | null, now: number): ModelHealth {
  const recent = calls.filter(({ at }) => at > now - HEALTH_WINDOW_MS);
  // An answer given since the probe says more than the probe.
  const answeredSince = recent.some(({ at, isFailure }) => !isFailure && at > (probe?.at ?? 0));
  if (probe && !probe.isReachable && !answeredSince) return "down";

  const failures = recent.filter(({ isFailure }) => isFailure).length;
  const rate = failures / Math.max(1, recent.length);
  if (failures >= DOWN_FAILURES_MIN && rate >= DOWN_FAILURE_RATE) return "down";
  if (failures >= DEGRADED_FAILURES_MIN && rate >= DEGRADED_FAILURE_RATE) return "degraded";
  return medianOf(recent.flatMap(({ firstTokenMs }) => firstTokenMs ?? [])) > SLOW_FIRST_TOKEN_MS ? "degraded" : "good";
}

function medianOf(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
