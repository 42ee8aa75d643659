import { refusalIn } from "@/components/assistant/turn-requests";
import { announceSessionEnded } from "@/components/auth/session-ended";
import type { Refusal } from "@/lib/errors/app-error";
import type { ExportInput } from "@/lib/export/schema";

export type Exported =
  | { type: "file"; name: string; bytes: Blob }
  /** A job makes it. */
  | { type: "later" }
  | { type: "refused"; refusal: Refusal };

export async function requestExport(input: ExportInput): Promise<Exported> {
  try {
    const response = await fetch("/api/exports", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    if (response.status === 202) return { type: "later" };
    if (response.ok) return { type: "file", name: nameIn(response), bytes: await response.blob() };
    return refused(response.status, await response.json().catch(() => null)); // a proxy's page: the status alone speaks
  } catch {
    return { type: "refused", refusal: { code: "request_failed" } };
  }
}

function refused(status: number, body: unknown): { type: "refused"; refusal: Refusal } {
  const refusal = refusalIn(status, body);
  if (refusal.code === "not_signed_in") announceSessionEnded();
  return { type: "refused", refusal };
}

function nameIn(response: Response): string {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("content-disposition") ?? "") ?? [];
  return encoded ? decodeURIComponent(encoded) : "export";
}

const FORGOTTEN_AFTER_MS = 60_000;

/** Gives bytes to the browser as a file that is downloaded. */
export function saveFile(name: string, bytes: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), FORGOTTEN_AFTER_MS);
}

export type Sent = { type: "sent" } | { type: "cut" } | { type: "refused"; refusal: Refusal };

/** Sends an archive, telling how much of it has gone: what `fetch` cannot tell. */
export function sendArchive(file: File, onSent: (share: number) => void): Promise<Sent> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/imports");
    request.responseType = "json";
    request.setRequestHeader("content-type", "application/zip");
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 1);
    request.onload = () =>
      resolve(request.status === 202 ? { type: "sent" } : refused(request.status, request.response));
    request.onerror = () => resolve({ type: "cut" });
    request.send(file);
  });
}
