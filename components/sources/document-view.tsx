"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import type { CitedDocument } from "@/lib/conversations/schema";
import { DocumentHeader } from "./document-header";
import { PageReader } from "./page-reader";
import { ReaderTools, type View, ZOOMS } from "./reader-tools";
import { useSourcePage } from "./use-source-page";

/** A page of a document and what can be done with it, opened at what an answer cites of it. */
export function DocumentView({ titleId, source }: { titleId: string; source: CitedDocument }) {
  const t = useTranslations("sources");
  const errors = useTranslations("errors");
  const [wanted, setWanted] = useState(source.page);
  const [view, setView] = useState<View>("page");
  const [zoom, setZoom] = useState(0);
  const [hasFailed, setFailed] = useState(false);
  const { number, told } = useSourcePage(source.documentId, wanted);
  const page = told && "page" in told && !told.page.isDeleted ? told.page : null;
  const pagesTotal = useLast(page?.pagesTotal);
  const isPdf = useLast(page && page.type === "pdf") === true;
  const isDeleted = told !== null && "page" in told && told.page.isDeleted;
  const viewOffered = isPdf && !hasFailed ? view : null;

  return (
    <>
      <DocumentHeader
        titleId={titleId}
        source={source}
        place={page ? { ...page, page: number } : { ...source, label: number === source.page ? source.label : null }}
        pagesTotal={pagesTotal ?? 1}
        isRecognised={page?.isRecognised ?? source.isRecognised}
        isDeleted={isDeleted}
      />
      {pagesTotal !== undefined && (
        <ReaderTools
          number={wanted}
          pagesTotal={pagesTotal}
          onTurn={setWanted}
          view={viewOffered}
          onView={setView}
          zoom={zoom}
          onZoom={setZoom}
        />
      )}
      {wanted !== source.page && (
        <div className="border-line border-b px-4 py-2">
          <Button size="small" onClick={() => setWanted(source.page)}>
            {t("backToPassage")}
          </Button>
        </div>
      )}
      {page && (
        <PageReader
          documentId={source.documentId}
          number={number}
          page={page}
          passage={number === source.page ? source : null}
          zoom={viewOffered === "page" ? (ZOOMS[zoom] ?? 1) : null}
          hasFailed={hasFailed}
          onFail={() => setFailed(true)}
        />
      )}
      {!told && (
        <p role="status" className="p-4 text-muted">
          {t("loading")}
        </p>
      )}
      {(isDeleted || (told && "code" in told)) && (
        <p role="alert" className="p-4">
          {told && "code" in told ? errors(told.code) : t("deleted")}
        </p>
      )}
    </>
  );
}

/** The last value that was known. */
function useLast<T>(value: T | null | undefined): T | undefined {
  const last = useRef<T>(undefined);
  useEffect(() => {
    if (value !== null && value !== undefined) last.current = value;
  });
  return value ?? last.current;
}
