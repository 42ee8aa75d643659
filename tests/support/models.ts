import { checkModels } from "@/lib/models/rules";
import { installModels } from "@/lib/providers/llm.registry";

/** A `models.json` as someone writes it: what the test does not say is ordinary. */
export const aModelsFile = (
  models: ({ id: string } & Record<string, unknown>)[],
  baseUrls: Record<string, string> = { albert: "http://127.0.0.1:4102/v1" },
) => ({
  providers: Object.entries(baseUrls).map(([id, baseUrl]) => ({
    id,
    baseUrl,
    hosting: { label: `${id}, en France`, location: "France", operator: "DINUM" },
  })),
  models: models.map((fields) => ({
    provider: Object.keys(baseUrls)[0],
    model: `openweight-${fields.id}`,
    label: `Le ${fields.id}`,
    jobs: ["answer"],
    context: 32_768,
    ...fields,
  })),
});

/** Makes the product use these models, in this file of tests. */
export function installModelsOf(...given: Parameters<typeof aModelsFile>): void {
  const result = checkModels(aModelsFile(...given), () => true);
  if (!result.ok) throw new Error(result.problems.join(" "));
  installModels(result.file);
}
