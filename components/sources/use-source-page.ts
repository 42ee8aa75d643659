import { useEffect, useState } from "react";
import { refusalIn } from "@/components/assistant/turn-requests";
import { announceSessionEnded } from "@/components/auth/session-ended";
import type { DocumentPage } from "@/lib/documents/schema";
import type { ErrorCode } from "@/lib/errors/app-error";

type Told = { page: DocumentPage } | { code: ErrorCode };

/** `number`: of the page that is told, which stays until the one that is wanted has come. */
export type SourcePage = { number: number; told: Told | null };

/** A page of a document, as the server read it. */
export function useSourcePage(documentId: string, wanted: number): SourcePage {
  const [last, setLast] = useState<SourcePage>({ number: wanted, told: null });

  useEffect(() => {
    const leave = new AbortController();
    void (async () => {
      const told = await readPage(documentId, wanted, leave.signal);
      if (!leave.signal.aborted) setLast({ number: wanted, told });
    })();
    return () => leave.abort();
  }, [documentId, wanted]);

  return last;
}

async function readPage(documentId: string, number: number, signal: AbortSignal): Promise<Told> {
  try {
    const response = await fetch(`/api/documents/${documentId}/pages/${number}`, { signal, cache: "no-store" });
    const said = await response.json();
    if (response.ok) return { page: said };
    const { code } = refusalIn(response.status, said);
    if (code === "not_signed_in") announceSessionEnded();
    return { code };
  } catch {
    return { code: "request_failed" }; // the network, or a proxy's page: the same sentence
  }
}
