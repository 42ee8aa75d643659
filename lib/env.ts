import "server-only";
import { z } from "zod";

const positive = (fallback: number) => z.coerce.number().int().positive().default(fallback);
const flag = z
  .enum(["true", "false"], 'la valeur attendue est "true" ou "false"')
  .default("false")
  .transform((value) => value === "true");
const flagOn = flag.prefault("true");
const httpUrl = z.url({ protocol: /^https?$/, message: "une adresse commençant par http:// ou https:// est attendue" });
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  message: "une adresse commençant par postgres:// est attendue",
});
const redisUrl = z.url({
  protocol: /^rediss?$/,
  message: "une adresse commençant par redis:// ou rediss:// est attendue",
});
const clamdUrl = z.url({ protocol: /^tcp$/, message: "une adresse commençant par tcp:// est attendue" });
const limit = (fallback: number) => z.coerce.number("un nombre est attendu").int().min(0).default(fallback);
const trimmedList = z.string().transform((value) =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean),
);
const withoutKey = (address: string) => !/^[a-z]+:\/\/[^/]*@/i.test(address);

/** Each is an adapter of `lib/providers/web-search.registry.ts`. */
const searchEngineNames = trimmedList.pipe(
  z.array(z.enum(["searxng", "staan"], "des moteurs connus sont attendus : searxng, staan")),
);
/** `insee.fr` is that domain and those under it, `*.gouv.fr` only those under it, `127.0.0.1:3003` that very host. */
const domains = trimmedList.pipe(
  z.array(
    z
      .string()
      .toLowerCase()
      .regex(
        /^(\*\.)?[a-z\d-]+(\.[a-z\d-]+)+(:\d+)?$/,
        "des noms de domaine sont attendus, comme insee.fr ou *.gouv.fr",
      ),
  ),
);
/** Where the official word is: law, courts, statistics, authorities and services of the State, and the Union's law. */
const OFFICIAL_DOMAINS = [
  "legifrance.gouv.fr",
  "service-public.fr",
  "service-public.gouv.fr",
  "data.gouv.fr",
  "*.gouv.fr",
  "insee.fr",
  "eur-lex.europa.eu",
  "conseil-etat.fr",
  "conseil-constitutionnel.fr",
  "courdecassation.fr",
  "ccomptes.fr",
  "cnil.fr",
  "cada.fr",
  "defenseurdesdroits.fr",
  "hatvp.fr",
  "senat.fr",
  "assemblee-nationale.fr",
  "vie-publique.fr",
  "has-sante.fr",
  "ameli.fr",
  "banque-france.fr",
];

const proxyUrl = z.url({ protocol: /^http$/, message: "une adresse commençant par http:// est attendue" });
const listOf = (item: RegExp, message: string) =>
  trimmedList
    .prefault("")
    .transform((items) => items.map((text) => text.toLowerCase()))
    .refine((items) => items.every((text) => item.test(text)), message);

/** Every variable the product reads. `.env.example` documents each one; a test compares the two. */
export const settingsSchema = z.object({
  APP_ENV: z
    .enum(["development", "production"], 'la valeur attendue est "development" ou "production"')
    .default("development"),
  APP_URL: httpUrl.optional(),
  PORT: z.coerce.number("un nombre est attendu").int().min(1).max(65_535).default(3000),
  HOST: z.string().optional(),
  DATA_DIR: z.string().default(".data"),
  CONTENT_DIR: z.string().default("content"),
  CONTACT_EMAIL: z.email("une adresse électronique est attendue").default("assistance@exemple.gouv.fr"),
  AUTH_SECRET: z.string().min(32, "au moins 32 caractères sont attendus").optional(),

  DATABASE_URL: postgresUrl.optional(),
  MIGRATION_DATABASE_URL: postgresUrl.optional(),

  REDIS_URL: redisUrl.optional(),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: z
    .string()
    .refine(
      (key) => [16, 24, 32].includes(Buffer.from(key, "base64").length),
      "16, 24 ou 32 octets en base64 sont attendus",
    )
    .optional(),
  NEXT_DEPLOYMENT_ID: z.string().optional(),

  PROCONNECT_ISSUER: httpUrl.optional(),
  PROCONNECT_CLIENT_ID: z.string().optional(),
  PROCONNECT_CLIENT_SECRET: z.string().optional(),
  PROCONNECT_SIGNING_ALG: z.enum(["RS256", "ES256"]).default("RS256"),
  PROCONNECT_REQUIRE_MFA: flag,
  ACCESS_ALLOWED_ROLES: trimmedList.default(["agent_public", "agent_public_etat", "agent_public_territorial"]),

  SHARING: flagOn,

  MODELS_FILE: z.string().optional(),
  LLM_BASE_URL: httpUrl.optional(),
  LLM_API_KEY: z.string().optional(),
  LLM_MODEL: z.string().optional(),
  LLM_LABEL: z.string().optional(),
  LLM_HOSTING: z.string().optional(),
  LLM_CONTEXT: positive(65_536),
  LLM_TOOLS: flagOn,
  LLM_FIRST_TOKEN_TIMEOUT_SECONDS: positive(30),
  LLM_IDLE_TIMEOUT_SECONDS: positive(60),
  LLM_TOTAL_TIMEOUT_SECONDS: positive(600),

  S3_ENDPOINT: httpUrl.optional(),
  S3_REGION: z.string().default("us-east-1"),
  S3_BUCKET: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      "le nom d’un bucket est attendu (minuscules, chiffres, tirets et points)",
    )
    .optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_PATH_STYLE: flagOn,

  CLAMD_URL: clamdUrl.optional(),
  DOCUMENT_MEGABYTES_MAX: positive(50),
  DOCUMENTS_PER_MESSAGE_MAX: positive(20),
  DOCUMENTS_PER_AGENT_MAX: positive(200),
  DOCUMENTS_MEGABYTES_PER_AGENT_MAX: positive(1024),
  RECOGNITION_PAGES_MAX: positive(100),
  OCR_BASE_URL: httpUrl.optional(),
  OCR_API_KEY: z.string().optional(),
  OCR_MODEL: z.string().optional(),
  OCR_HOSTING: z.string().optional(),
  OCR_TIMEOUT_SECONDS: positive(60),
  READING_TIMEOUT_SECONDS: positive(120),
  READING_MEGABYTES_MAX: positive(512),

  TRASH_DAYS: positive(30),
  RETENTION_MONTHS: limit(12),

  WEB_ALLOWED_HOSTS: listOf(
    /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/,
    "des noms d’hôtes séparés par des virgules sont attendus, par exemple service-public.fr,*.gouv.fr",
  ),
  HTTPS_PROXY: proxyUrl.optional(),
  DEV_FETCH_ALLOW: listOf(
    /^(\[[0-9a-f:]+\]|[a-z0-9.-]+):\d{1,5}$/,
    "des hôtes avec leur port, séparés par des virgules, sont attendus, par exemple localhost:8080",
  ),
  WEB_SEARCH_ENGINES: searchEngineNames.optional(),
  SEARXNG_URL: httpUrl.refine(withoutKey, "une adresse sans nom ni mot de passe est attendue").optional(),
  SEARXNG_LABEL: z.string().default("SearXNG"),
  SEARXNG_HOSTING: z.string().optional(),
  STAAN_URL: httpUrl.default("https://api.staan.ai/v2"),
  STAAN_API_KEY: z.string().optional(),
  STAAN_HOSTING: z.string().optional(),
  WEB_SEARCH_PER_AGENT_PER_MINUTE: limit(10),
  WEB_SEARCH_PER_AGENT_PER_DAY: limit(200),
  WEB_PREFERRED_DOMAINS: domains.default(OFFICIAL_DOMAINS),

  LIMIT_AGENT_MESSAGES_PER_MINUTE: limit(20),
  LIMIT_AGENT_TOKENS_PER_DAY: limit(1_000_000),
  LIMIT_ORGANISATION_MESSAGES_PER_MINUTE: limit(0),
  LIMIT_ORGANISATION_TOKENS_PER_DAY: limit(0),
});

export type Settings = z.output<typeof settingsSchema>;
export type SettingName = keyof Settings;

/** What production cannot do without: the stand-ins of `dev/` never replace these there. */
export const PRODUCTION_REQUIRED = [
  "APP_URL",
  "AUTH_SECRET",
  "PROCONNECT_ISSUER",
  "PROCONNECT_CLIENT_ID",
  "PROCONNECT_CLIENT_SECRET",
  "LLM_BASE_URL",
  "LLM_MODEL",
] as const satisfies readonly SettingName[];

export type SettingsResult = { ok: true; settings: Settings } | { ok: false; problems: string[] };

/** Reads settings from the environment; each problem is a French sentence that starts with the variable's name. */
export function readSettings(source: Record<string, string | undefined>): SettingsResult {
  // An empty variable, as in a copied .env.example, means "not set".
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.map((issue) => `${issue.path.join(".")} : ${issue.message}.`) };
  }
  const problems = [
    ...togetherProblems(parsed.data),
    ...engineProblems(parsed.data),
    ...(parsed.data.APP_ENV === "production" ? productionProblems(parsed.data) : []),
  ];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, settings: parsed.data };
}

/** Of no use one without the others. */
const TOGETHER = [
  ["S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"],
  ["OCR_BASE_URL", "OCR_MODEL"],
] as const satisfies readonly (readonly SettingName[])[];

function togetherProblems(settings: Settings): string[] {
  return TOGETHER.flatMap((names: readonly SettingName[]) => {
    const given = names.filter((name) => settings[name] !== undefined);
    if (given.length === 0) return [];
    return names
      .filter((name) => !given.includes(name))
      .map((name) => `${name} : variable obligatoire quand ${given.join(" et ")} est donné.`);
  });
}

/** What each engine cannot do without. */
export const ENGINE_VARIABLES = { searxng: "SEARXNG_URL", staan: "STAAN_API_KEY" } as const satisfies Record<
  NonNullable<Settings["WEB_SEARCH_ENGINES"]>[number],
  SettingName
>;

const engineProblems = (settings: Settings): string[] =>
  (settings.WEB_SEARCH_ENGINES ?? [])
    .filter((name) => settings[ENGINE_VARIABLES[name]] === undefined)
    .map((name) => `${ENGINE_VARIABLES[name]} : variable obligatoire quand WEB_SEARCH_ENGINES cite ${name}.`);

/** The short form that `MODELS_FILE` replaces. */
const SHORT_FORM = ["LLM_BASE_URL", "LLM_MODEL"] as const;
type ShortForm = (typeof SHORT_FORM)[number];

const missingIn = (settings: Settings): SettingName[] => {
  const isReplaced = (name: SettingName) => settings.MODELS_FILE && SHORT_FORM.some((short) => short === name);
  return PRODUCTION_REQUIRED.filter((name) => settings[name] === undefined && !isReplaced(name));
};

function productionProblems(settings: Settings): string[] {
  const problems: string[] = missingIn(settings).map(
    (name) => `${name} : variable obligatoire quand APP_ENV=production.`,
  );
  for (const name of ["APP_URL", "PROCONNECT_ISSUER"] as const) {
    if (settings[name]?.startsWith("http://"))
      problems.push(`${name} : une adresse https:// est obligatoire quand APP_ENV=production.`);
  }
  if (settings.DEV_FETCH_ALLOW.length > 0)
    problems.push("DEV_FETCH_ALLOW : variable refusée quand APP_ENV=production, où rien n’est lu sur la machine même.");
  if (settings.REDIS_URL && !settings.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY) {
    problems.push(
      "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY : variable obligatoire quand APP_ENV=production et que REDIS_URL permet plusieurs processus ; la même pour tous.",
    );
  }
  return problems;
}

/** What the application needs once it runs: the launcher has filled in whatever a stand-in serves. */
type Provided = Exclude<(typeof PRODUCTION_REQUIRED)[number], ShortForm>;
export type AppSettings = Settings & { [name in Provided]: NonNullable<Settings[name]> };

/** True under `next dev`, whose own scripts need more than the pages do. Nothing else may depend on it: see APP_ENV. */
export const isNextDevelopment = process.env.NODE_ENV === "development";

let settings: AppSettings | undefined;

/**
 * The settings of this process, read once. Throws when the application was started without the launcher
 * (`npm start`, `npm run dev`) and something it provides is missing.
 */
export function env(): AppSettings {
  settings ??= readAppSettings();
  return settings;
}

function readAppSettings(): AppSettings {
  const result = readSettings(process.env);
  if (!result.ok) throw new Error(result.problems.join(" "));
  const missing = missingIn(result.settings);
  if (missing.length > 0)
    throw new Error(`Missing settings: ${missing.join(", ")}. Start the application with npm start.`);
  return result.settings as AppSettings;
}

/** A variable that `models.json` names: the key of a provider. Empty means "not set", as for the others. */
export const readVariable = (name: string): string | undefined => process.env[name] || undefined;
export const hasVariable = (name: string): boolean => readVariable(name) !== undefined;
