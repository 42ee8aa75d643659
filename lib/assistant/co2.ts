import type { Co2 } from "@/lib/conversations/schema";
import type { Co2Zone } from "@/lib/models/schema";

/** Billions of parameters; an interval when the maker does not say. */
export type Billions = number | readonly [min: number, max: number];

export type ModelSize = {
  total: Billions;
  /** Of a mixture of experts, what each token goes through; else the same as `total`. */
  active: Billions;
};

/** The formula of EcoLogits 0.9.1 (`ecologits/impacts/llm.py`), to its last digit: energy and manufacture of the servers. */
const ENERGY = { alpha: 1.1665273170451914e-6, beta: -0.011205921025579175, gamma: 4.052928146734005e-5 };
const LATENCY = { active: 0.0006785088094353663, batch: 0.0003119310311688259, constant: 0.019473717579473387 };
const BATCH = 64;
const WEIGHT_BITS = 16;
const WEIGHT_OVERHEAD = 1.2;
const GPU_MEMORY_GB = 80;
const GPUS_PER_SERVER = 8;
const SERVER_POWER_KW = 1.2;
const SERVER_EMBODIED_KG = 5_700;
const GPU_EMBODIED_KG = 164;
const LIFETIME_SECONDS = 3 * 365 * 24 * 60 * 60;
/** Power usage effectiveness: what the building uses for one unit that the servers do. */
const PUE = 1.2;

/** Kilograms of CO2 equivalent per kWh. */
const MIX: Record<Co2Zone, number> = {
  FRA: 0.04418,
  WOR: 0.47301,
  USA: 0.38355,
  DEU: 0.34414,
  SWE: 0.03582,
  IRL: 0.2797,
  NLD: 0.25331,
};

/** What one size of model emits for these output tokens; kWh and kilograms. */
export function impactOf(
  { total, active }: { total: number; active: number },
  outputTokens: number,
  zone: Co2Zone,
  measuredSeconds = Number.POSITIVE_INFINITY,
): { kwh: number; kg: number } {
  const gpuKwh = (outputTokens * (ENERGY.alpha * Math.exp(ENERGY.beta * BATCH) * active + ENERGY.gamma)) / 1000;
  const modelled = outputTokens * (LATENCY.active * active + LATENCY.batch * BATCH + LATENCY.constant);
  const seconds = Math.min(measuredSeconds, modelled);
  const gpus = 2 ** Math.ceil(Math.log2(Math.ceil((WEIGHT_OVERHEAD * total * WEIGHT_BITS) / 8 / GPU_MEMORY_GB)));
  const serverShare = gpus / GPUS_PER_SERVER;
  const serverKwh = ((seconds / 3600) * SERVER_POWER_KW * serverShare) / BATCH;
  const kwh = PUE * (serverKwh + gpus * gpuKwh);
  const embodied = (seconds * (serverShare * SERVER_EMBODIED_KG + gpus * GPU_EMBODIED_KG)) / (LIFETIME_SECONDS * BATCH);
  return { kwh, kg: kwh * MIX[zone] + embodied };
}

export type AnswerCost = {
  /** Kilograms, when the provider says so itself. */
  providerKg?: number | undefined;
  size?: ModelSize | undefined;
  outputTokens?: number | undefined;
  zone: Co2Zone;
  measuredSeconds?: number | undefined;
};

/** The provider's figure when it gives one, else an estimate; null when nothing allows one. */
export function co2Of({ providerKg, size, outputTokens, zone, measuredSeconds }: AnswerCost): Co2 | null {
  if (providerKg !== undefined && Number.isFinite(providerKg) && providerKg >= 0) {
    return { gramsMin: providerKg * 1000, gramsMax: providerKg * 1000, source: "provider" };
  }
  if (!size || !outputTokens) return null;
  const [total, active] = [boundsOf(size.total), boundsOf(size.active)];
  const grams = (bound: 0 | 1) =>
    impactOf({ total: total[bound], active: active[bound] }, outputTokens, zone, measuredSeconds).kg * 1000;
  return { gramsMin: grams(0), gramsMax: grams(1), source: "estimate" };
}

const boundsOf = (size: Billions): readonly [number, number] => (typeof size === "number" ? [size, size] : size);

const below1 = new Intl.NumberFormat("fr", { maximumSignificantDigits: 2 });
const from1 = new Intl.NumberFormat("fr", { maximumFractionDigits: 1 });

/** Grams as they are read: two significant digits below one gram. */
export const gramsInFrench = (grams: number): string => (grams < 1 ? below1 : from1).format(grams);
