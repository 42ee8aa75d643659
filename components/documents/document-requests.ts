import { refusalIn } from "@/components/assistant/turn-requests";
import { announceSessionEnded } from "@/components/auth/session-ended";
import type { DocumentSummary } from "@/lib/documents/schema";
import type { Refusal } from "@/lib/errors/app-error";

export type Received =
  | { type: "received"; document: DocumentSummary }
  | { type: "refused"; refusal: Refusal }
  | { type: "cut" };

export type Upload = { done: Promise<Received>; cancel: () => void };

/** Sends a file, telling how much of it has gone: what `fetch` cannot tell. `isTemporary`: it goes with a temporary conversation. */
export function uploadFile(
  { id, file, isTemporary }: { id: string; file: File; isTemporary: boolean },
  onSent: (share: number) => void,
): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Received>((resolve) => {
    request.open(
      "POST",
      `/api/documents?${new URLSearchParams({ id, name: file.name, ...(isTemporary && { temporary: "1" }) })}`,
    );
    request.responseType = "json";
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 1);
    request.onload = () => resolve(outcomeOf(request.status, request.response));
    request.onerror = () => resolve({ type: "cut" });
    request.onabort = () => resolve({ type: "cut" });
  });
  request.send(file);
  return { done, cancel: () => request.abort() };
}

function outcomeOf(status: number, body: unknown): Received {
  if (status === 201) return { type: "received", document: body as DocumentSummary };
  const refusal = refusalIn(status, body);
  if (refusal.code === "not_signed_in") announceSessionEnded();
  return { type: "refused", refusal };
}

/** Null when the network fails: whoever asked asks again. */
export async function listDocuments(ids: readonly string[]): Promise<DocumentSummary[] | null> {
  try {
    const response = await fetch(`/api/documents?ids=${ids.join(",")}`, { cache: "no-store" });
    return response.ok ? await response.json() : null;
  } catch {
    return null; // as said above
  }
}

type Changed = { ok: true; document: DocumentSummary } | { ok: false; refusal: Refusal | "network" };

export const readAgain = (id: string): Promise<Changed> => change(id, "retry", {});

/** The password goes once, and is kept nowhere. */
export const readWithPassword = (id: string, password: string): Promise<Changed> =>
  change(id, "password", { password });

async function change(id: string, what: "retry" | "password", body: object): Promise<Changed> {
  try {
    const response = await fetch(`/api/documents/${id}/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const said = await response.json().catch(() => null); // a proxy's page: the status alone speaks
    return response.ok ? { ok: true, document: said } : { ok: false, refusal: refusalIn(response.status, said) };
  } catch {
    return { ok: false, refusal: "network" };
  }
}

/** False when the server did not say that it is gone: it stays in the agent's documents, where it can be removed. */
export async function removeDocument(id: string): Promise<boolean> {
  try {
    const response = await fetch(`/api/documents/${id}`, { method: "DELETE" });
    return response.ok || response.status === 404;
  } catch {
    return false; // the network failed: as said above
  }
}
