"use client";

import { useTranslations } from "next-intl";
import { ConversationListWaiting } from "@/components/conversations/conversation-list-waiting";
import { Button, ButtonLink, type ButtonVariant } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import * as icons from "@/components/ui/icons";
import { Notice, type NoticeTone } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { GalleryAnswers } from "./gallery-answers";
import { GalleryColours } from "./gallery-colours";
import { GalleryConversations } from "./gallery-conversations";
import { GalleryDocuments } from "./gallery-documents";
import { GalleryFields } from "./gallery-fields";
import { GalleryModels } from "./gallery-models";
import { GalleryOverlays } from "./gallery-overlays";
import { Part, Row } from "./gallery-part";
import { GalleryProjects } from "./gallery-projects";
import { GalleryTemporary } from "./gallery-temporary";
import { GalleryWeb } from "./gallery-web";

const VARIANTS: readonly ButtonVariant[] = ["primary", "secondary", "quiet", "danger"];
const TONES: readonly NoticeTone[] = ["info", "success", "warning", "danger"];

/** Every component in every state, in the theme of what surrounds it. */
export function GallerySheet({ title }: { title: string }) {
  const t = useTranslations("gallery");
  return (
    <section aria-label={title} className="flex flex-col gap-10 p-6 sm:p-8">
      <h2 className="text-2xl font-semibold">{title}</h2>
      <Part title={t("colours")}>
        <GalleryColours />
      </Part>
      <Part title={t("type")}>
        <div className="flex flex-col gap-2">
          <p className="text-3xl font-bold tracking-tight">{t("heading")}</p>
          <p className="text-xl font-semibold">{t("subheading")}</p>
          <p className="max-w-prose">{t("paragraph")}</p>
          <p className="text-sm text-muted">{t("note")}</p>
          <p>
            <a href="#contenu" className="text-link">
              {t("link")}
            </a>
          </p>
          <p className="rounded-card border border-line bg-surface p-4">
            {t("surface")} <span className="text-muted">{t("note")}</span>
          </p>
        </div>
      </Part>
      <Part title={t("buttons")}>
        {(["medium", "small"] as const).map((size) => (
          <Row key={size}>
            {VARIANTS.map((variant) => (
              <Button key={variant} variant={variant} size={size}>
                {t(variant)}
              </Button>
            ))}
            <Button size={size} disabled>
              {t("disabled")}
            </Button>
            <Button size={size} variant="primary" isPending>
              {t("pending")}
            </Button>
            <ButtonLink href="#contenu" size={size}>
              {t("link")}
            </ButtonLink>
            <IconButton label={t("secondary")} size={size}>
              <icons.CopyIcon />
            </IconButton>
          </Row>
        ))}
      </Part>
      <Part title={t("icons")}>
        <Row>
          {Object.entries(icons).map(([name, Icon]) => (
            <Icon key={name} />
          ))}
        </Row>
      </Part>
      <GalleryFields />
      <Part title={t("notices")}>
        {TONES.map((tone) => (
          <Notice
            key={tone}
            tone={tone}
            title={tone === "info" ? t("noticeTitle") : undefined}
            actions={tone === "danger" && <Button size="small">{t("retry")}</Button>}
          >
            {t("noticeText")}
          </Notice>
        ))}
        <GalleryTemporary />
      </Part>
      <Part title={t("menus")}>
        <GalleryOverlays />
      </Part>
      <Part title={t("modelPicker")}>
        <GalleryModels />
      </Part>
      <Part title={t("states")}>
        <Row>
          <Spinner /> {t("waiting")}
        </Row>
        <EmptyState
          icon={<icons.ConversationIcon className="size-7" />}
          title={t("emptyTitle")}
          actions={<Button>{t("retry")}</Button>}
        >
          {t("emptyText")}
        </EmptyState>
      </Part>
      <Part title={t("documents")}>
        <GalleryDocuments />
      </Part>
      <GalleryAnswers />
      <GalleryWeb />
      <Part title={t("projects")}>
        <GalleryProjects />
      </Part>
      <Part title={t("conversations")}>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-[repeat(2,minmax(0,1fr))]">
          <div className="rounded-card bg-surface p-3">
            <GalleryConversations />
          </div>
          <div className="rounded-card bg-surface">
            <ConversationListWaiting />
          </div>
        </div>
      </Part>
    </section>
  );
}
