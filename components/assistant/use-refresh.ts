import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef } from "react";
import { announceSessionEnded } from "@/components/auth/session-ended";

const RETRY_MS = 3_000;

/**
 * Reads the page again without the agent having asked for it. Next leaves the page when that fails, for the sign-in page or for
 * the browser's error page, whatever was being typed: so it is read only when the server answers and the session is open.
 */
export function useRefresh(): () => void {
  const router = useRouter();
  const isAsking = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const refresh = useCallback(() => {
    if (isAsking.current) return;
    isAsking.current = true;
    clearTimeout(timer.current);
    void (async () => {
      const status = await askSession();
      isAsking.current = false;
      if (status === 200) router.refresh();
      else if (status === 401) announceSessionEnded();
      else timer.current = setTimeout(refresh, RETRY_MS);
    })();
  }, [router]);

  useEffect(() => () => clearTimeout(timer.current), []);
  return refresh;
}

/** The status of the answer; null without one. */
async function askSession(): Promise<number | null> {
  try {
    return (await fetch("/api/session", { cache: "no-store" })).status;
  } catch {
    return null; // said by the status: asked again later
  }
}
