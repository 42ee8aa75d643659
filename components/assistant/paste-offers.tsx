import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import type { LongPastes } from "./use-long-pastes";

/** What can be done of the long texts that were pasted. */
export function PasteOffers({ pastes }: { pastes: LongPastes }) {
  return (
    <>
      {/* Said once, as it comes: the line itself is not live. */}
      <p role="status" className="sr-only">
        {pastes.offers.at(-1)?.sentence}
      </p>
      <div className="max-h-[20svh] overflow-y-auto">
        {pastes.offers.map((offer) => (
          <PasteOffer key={offer.key} offer={offer} pastes={pastes} />
        ))}
      </div>
    </>
  );
}

function PasteOffer({ offer, pastes }: { offer: LongPastes["offers"][number]; pastes: LongPastes }) {
  const t = useTranslations("assistant.paste");
  const sentenceId = useId();
  const { isJoined, sentence, paste } = offer;
  const choices = isJoined
    ? [{ label: t("putBack"), choose: pastes.putBack }]
    : [
        { label: t("join"), choose: pastes.join },
        { label: t("keep"), choose: pastes.keep },
      ];
  return (
    <div className="mb-1 flex flex-wrap items-center gap-x-1 px-2 text-sm text-muted">
      <p id={sentenceId} className="min-w-0 py-1 wrap-anywhere">
        {sentence}
      </p>
      {choices.map(({ label, choose }) => (
        <Button
          key={label}
          variant="quiet"
          size="small"
          className="underline"
          aria-describedby={sentenceId}
          onClick={() => choose(paste)}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}
