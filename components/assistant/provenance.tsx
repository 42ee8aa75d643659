import { useTranslations } from "next-intl";
import { classNames } from "@/components/ui/class-names";
import { ChevronDownIcon } from "@/components/ui/icons";
import { gramsInFrench } from "@/lib/assistant/co2";
import { receiversOf } from "@/lib/assistant/tools/web-receivers";
import type { Co2, Provenance as Known, MessagePart } from "@/lib/conversations/schema";
import type { SearchEngine } from "@/lib/web/schema";
import { KeptDetails } from "./kept-details";
import { useDuration } from "./use-duration";

const none: MessagePart[] = [];

type ProvenanceProps = {
  answerId: string;
  provenance: Known;
  /** What was done for the answer: the searches that were sent are said. */
  parts?: readonly MessagePart[];
};

/** Where an answer comes from, on one line; folded, what it cost. Only what is known is said. */
export function Provenance({ answerId, provenance, parts = none }: ProvenanceProps) {
  const t = useTranslations("assistant.provenance");
  const facts = useFacts(provenance, parts);
  const { modelLabel, requestedModelLabel } = provenance;
  const name = (
    <span>
      <span className="sr-only">{t("about")} </span>
      {modelLabel}
    </span>
  );
  return (
    <div className={classNames("min-w-0 pl-2 has-[details[open]]:basis-full", requestedModelLabel && "basis-full")}>
      {requestedModelLabel && (
        <p className="pt-1 text-default">{t("fallback", { requested: requestedModelLabel, model: modelLabel })}</p>
      )}
      {facts.length === 0 ? (
        <p>{name}</p>
      ) : (
        <KeptDetails id={`${answerId} provenance`} className="group/provenance">
          <summary className="inline-flex min-h-target-small list-none items-center gap-1 rounded-control hover:text-default [&::-webkit-details-marker]:hidden">
            {name}
            <ChevronDownIcon className="size-4 transition-transform group-open/provenance:rotate-180" />
          </summary>
          <ul className="mt-1 flex flex-col gap-1 rounded-control border border-line bg-surface px-4 py-3">
            {facts.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        </KeptDetails>
      )}
    </div>
  );
}

function useFacts(
  { hostingLabel, durationMs, firstTokenMs, inputTokens, outputTokens, co2 }: Known,
  parts: readonly MessagePart[],
): string[] {
  const t = useTranslations("assistant.provenance");
  const read = useDuration();
  return [
    hostingLabel && t("hosting", { label: hostingLabel }),
    ...searchesSent(parts).map(({ engine, count }) =>
      t("searches", { count, engine: engine.label, hosting: engine.hosting }),
    ),
    durationMs !== null &&
      (firstTokenMs === null
        ? t("duration", { duration: read(durationMs) })
        : t("durationAndFirst", { duration: read(durationMs), first: read(firstTokenMs) })),
    inputTokens !== null && outputTokens !== null && t("tokens", { input: inputTokens, output: outputTokens }),
    co2 && t("emissions", { figure: co2Figure(co2, t) }),
  ].filter((fact) => fact !== null && fact !== false);
}

/** The engines that queries were sent to, and how many each. */
function searchesSent(parts: readonly MessagePart[]): { engine: SearchEngine; count: number }[] {
  const byEngine = new Map<string, { engine: SearchEngine; count: number }>();
  for (const part of parts) {
    if (part.type !== "tool" || part.name !== "search_web" || !part.output) continue;
    for (const engine of receiversOf(part.output)) {
      const { count = 0 } = byEngine.get(engine.id) ?? {};
      byEngine.set(engine.id, { engine, count: count + 1 });
    }
  }
  return [...byEngine.values()];
}

type Translate = ReturnType<typeof useTranslations<"assistant.provenance">>;

function co2Figure({ gramsMin, gramsMax, source }: Co2, t: Translate): string {
  const [min, max] = [gramsInFrench(gramsMin), gramsInFrench(gramsMax)];
  return min === max ? t("co2", { source, grams: min }) : t("co2Range", { source, min, max });
}
