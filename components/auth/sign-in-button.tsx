"use client";

import { useEffect, useState } from "react";

type Labels = { label: string; pending: string; failed: string };
type Progress = "idle" | "pending" | "failed";

/**
 * ProConnect's button. It asks by script for ProConnect's address, then goes there: a form that led to another site would be
 * stopped by `form-action 'self'`.
 */
export function SignInButton({
  retour,
  chooseAccount = false,
  labels,
}: {
  retour: string;
  /** Has ProConnect ask who is signing in, whoever is signed in there. */
  chooseAccount?: boolean;
  labels: Labels;
}) {
  const [progress, setProgress] = useState<Progress>("idle");

  // Coming back with the browser's button may show this page as it was left.
  useEffect(() => {
    const reset = () => setProgress("idle");
    window.addEventListener("pageshow", reset);
    return () => window.removeEventListener("pageshow", reset);
  }, []);

  const start = async () => {
    setProgress("pending");
    try {
      window.location.assign(await findProconnectAddress(retour, chooseAccount));
    } catch {
      setProgress("failed"); // the person is told, and may try again
    }
  };

  return (
    <>
      <button
        type="button"
        onClick={start}
        aria-disabled={progress === "pending"}
        className="h-[58px] w-[211px] max-w-full cursor-pointer bg-[url(/proconnect-button.svg)] bg-contain bg-center bg-no-repeat hover:bg-[url(/proconnect-button-hover.svg)] aria-disabled:opacity-60"
      >
        <span className="sr-only">{labels.label}</span>
      </button>
      <p role="status" className="mt-2 text-muted">
        {progress === "pending" && labels.pending}
      </p>
      {progress === "failed" && (
        <p role="alert" className="text-danger">
          {labels.failed}
        </p>
      )}
    </>
  );
}

async function findProconnectAddress(retour: string, chooseAccount: boolean): Promise<string> {
  const csrf = await fetch("/api/auth/csrf", { cache: "no-store" });
  const { csrfToken } = await csrf.json();
  const response = await fetch(`/api/auth/signin/proconnect${chooseAccount ? "?prompt=login" : ""}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ csrfToken, callbackUrl: retour, json: "true" }),
  });
  const { url } = await response.json();
  if (!response.ok || typeof url !== "string") throw new Error("sign-in did not start");
  return url;
}
