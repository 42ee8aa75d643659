import { useTranslations } from "next-intl";
import { classNames } from "@/components/ui/class-names";
import { ChevronDownIcon } from "@/components/ui/icons";
import { gramsInFrench } from "@/lib/assistant/co2";
import type { Co2, Provenance as Known } from "@/lib/conversations/schema";
import { KeptDetails } from "./kept-details";
import { useDuration } from "./use-duration";

/** Where an answer comes from, on one line; folded, what it cost. Only what is known is said. */
export function Provenance({ answerId, provenance }: { answerId: string; provenance: Known }) {
  const t = useTranslations("assistant.provenance");
  const facts = useFacts(provenance);
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

function useFacts({ hostingLabel, durationMs, firstTokenMs, inputTokens, outputTokens, co2 }: Known): string[] {
  const t = useTranslations("assistant.provenance");
  const read = useDuration();
  return [
    hostingLabel && t("hosting", { label: hostingLabel }),
    durationMs !== null &&
      (firstTokenMs === null
        ? t("duration", { duration: read(durationMs) })
        : t("durationAndFirst", { duration: read(durationMs), first: read(firstTokenMs) })),
    inputTokens !== null && outputTokens !== null && t("tokens", { input: inputTokens, output: outputTokens }),
    co2 && t("emissions", { figure: co2Figure(co2, t) }),
  ].filter((fact) => fact !== null && fact !== false);
}

type Translate = ReturnType<typeof useTranslations<"assistant.provenance">>;

function co2Figure({ gramsMin, gramsMax, source }: Co2, t: Translate): string {
  const [min, max] = [gramsInFrench(gramsMin), gramsInFrench(gramsMax)];
  return min === max ? t("co2", { source, grams: min }) : t("co2Range", { source, min, max });
}
