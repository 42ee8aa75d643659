"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ModelNote } from "@/components/assistant/model-note";
import { ModelPicker } from "@/components/assistant/model-picker";
import type { ModelChoice, ModelHealth } from "@/lib/models/schema";
import { Row } from "./gallery-part";

const HEALTHS: readonly ModelHealth[] = ["good", "degraded", "down"];

export function GalleryModels() {
  const t = useTranslations("gallery");
  const models = HEALTHS.map(
    (health): ModelChoice => ({
      id: health,
      label: t(`models.${health}`),
      hosting: {
        label: t("models.hosting"),
        location: t("models.location"),
        operator: t("models.hosting"),
        ...(health === "good" && { qualification: t("models.qualification") }),
      },
      context: 128_000,
      vision: false,
      tools: false,
      reasoning: false,
      health,
    }),
  );
  const [chosenId, setChosenId] = useState<string>("good");
  return (
    <>
      <Row>
        <ModelPicker models={models} chosenId={chosenId} onChoose={setChosenId} />
        <ModelPicker models={models} chosenId="down" onChoose={setChosenId} />
      </Row>
      {models.map((model) => (
        <p key={model.id}>
          {model.label}
          <ModelNote model={model} />
        </p>
      ))}
    </>
  );
}
