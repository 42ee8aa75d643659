import { z } from "zod";
import { AGENT_ROLES } from "../auth/schema.ts";

/** The jobs we give to a model. Which model does which job is configuration, not code. */
export const MODEL_JOBS = ["answer", "title", "summary", "embedding"] as const;
export type ModelJob = (typeof MODEL_JOBS)[number];

/** Where electricity comes from, for the CO2 estimate; WOR is the world's average. */
export const CO2_ZONES = ["FRA", "WOR", "USA", "DEU", "SWE", "IRL", "NLD"] as const;
export type Co2Zone = (typeof CO2_ZONES)[number];

const REASONING_EFFORTS = ["none", "minimal", "low", "medium", "high"] as const;

/** `expected` completes « … est attendu » or stands alone; a missing field says so instead. */
const expecting = (expected: string) => ({
  error: ({ input }: { input?: unknown }) => (input === undefined ? "ce champ est obligatoire" : expected),
});
const words = (values: readonly string[]) => values.map((value) => `"${value}"`).join(", ");

const text = z.string(expecting("un texte est attendu")).trim().min(1, "ce texte ne peut pas être vide");
const identifier = z
  .string(expecting("un texte est attendu"))
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, "des minuscules, chiffres, points, tirets et soulignés sont attendus");
const flag = z.boolean(expecting("true ou false est attendu"));
const tokens = z
  .number(expecting("un nombre de jetons est attendu"))
  .int("un nombre entier de jetons est attendu")
  .positive("un nombre de jetons positif est attendu");
const oneOf = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values, expecting(`une valeur parmi ${words(values)} est attendue`));
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item, expecting("une liste est attendue"));

const billions = z
  .number("un nombre de milliards, ou [minimum, maximum], est attendu")
  .positive("un nombre positif est attendu");
/** Billions of parameters: exactly, or as an interval when the maker does not say. */
const size = z
  .union(
    [billions, z.tuple([billions, billions])],
    expecting("un nombre de milliards, ou [minimum, maximum], est attendu"),
  )
  .transform((value): [number, number] => (typeof value === "number" ? [value, value] : value))
  .refine(([min, max]) => min <= max, "le minimum dépasse le maximum");

const known = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `champ inconnu : ${words(issue.keys)}`
        : issue.input === undefined
          ? "ce champ est obligatoire"
          : "un objet est attendu",
  });

const providerSchema = known({
  id: identifier,
  baseUrl: z.url({
    protocol: /^https?$/,
    ...expecting("une adresse commençant par http:// ou https:// est attendue"),
  }),
  /** The name of a variable, so that the file can be shared and reviewed. */
  apiKeyVariable: z
    .string("un texte est attendu")
    .regex(
      /^[A-Z][A-Z0-9_]*$/,
      "le nom d’une variable d’environnement est attendu (majuscules), jamais la clé elle-même",
    )
    .optional(),
  hosting: known({ label: text, location: text, operator: text, qualification: text.optional() }),
  zone: oneOf(CO2_ZONES).default("WOR"),
});

const modelSchema = known({
  id: identifier,
  provider: identifier,
  model: text,
  label: text,
  jobs: listOf(oneOf(MODEL_JOBS)).min(1, "au moins une tâche est attendue"),
  context: tokens.min(1024, "au moins 1024 jetons sont attendus"),
  outputMax: tokens.optional(),
  vision: flag.default(false),
  tools: flag.default(false),
  reasoning: flag.default(false),
  reasoningEffort: oneOf(REASONING_EFFORTS).optional(),
  temperature: z
    .number(expecting("un nombre de 0 à 2 est attendu"))
    .min(0, "un nombre de 0 à 2 est attendu")
    .max(2, "un nombre de 0 à 2 est attendu")
    .optional(),
  roles: listOf(oneOf(AGENT_ROLES))
    .min(1, "au moins un rôle est attendu")
    .default([...AGENT_ROLES]),
  parameters: known({ total: size, active: size }).optional(),
  fallbacks: listOf(identifier).default([]),
});

/** `models.json`. What refers to what is checked by `rules.ts`. */
export const modelsFileSchema = known({
  providers: listOf(providerSchema).min(1, "au moins un fournisseur est attendu"),
  models: listOf(modelSchema).min(1, "au moins un modèle est attendu"),
});

export type ModelsFile = z.output<typeof modelsFileSchema>;
export type ProviderEntry = ModelsFile["providers"][number];
export type ModelEntry = ModelsFile["models"][number];
export type Hosting = ProviderEntry["hosting"];

/** `degraded`: slow, or wrong now and then. `down`: it would very likely not answer. */
export type ModelHealth = "good" | "degraded" | "down";

/** A model as an agent may choose it. */
export type ModelChoice = {
  id: string;
  label: string;
  hosting: Hosting;
  /** Tokens. */
  context: number;
  vision: boolean;
  tools: boolean;
  reasoning: boolean;
  health: ModelHealth;
};
