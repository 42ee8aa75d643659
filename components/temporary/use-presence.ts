import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { SHOWN_EVERY_MS } from "@/lib/temporary/rules";

const addressOf = (conversationId: string) => `/api/chat/${conversationId}/presence`;
const bodyOf = (isShown: boolean) => JSON.stringify({ isShown });

/** False when the server says that it is gone; a network that fails says nothing. */
async function tellShown(conversationId: string): Promise<boolean> {
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch(addressOf(conversationId), { method: "POST", headers, body: bodyOf(true) });
    return response.status !== 404;
  } catch {
    return true; // said again in a moment
  }
}

/** Reaches the server even when the page is being closed. */
const tellLeft = (conversationId: string): void => {
  navigator.sendBeacon(addressOf(conversationId), new Blob([bodyOf(false)], { type: "application/json" }));
};

/** Tells the server that a temporary conversation is shown, again and again, then that it is left. Gives whether it is gone. */
export function usePresence(conversationId: string): boolean {
  const router = useRouter();
  const [isGone, setGone] = useState(false);

  useEffect(() => {
    let isShown = false;
    const tell = async () => {
      const isFirst = !isShown;
      isShown = true;
      if (await tellShown(conversationId)) return;
      // Come back to too late: its page says so. Later, what is being typed is not to be taken away.
      if (isFirst) router.refresh();
      else setGone(true);
    };
    const leave = () => {
      if (isShown) tellLeft(conversationId);
      isShown = false;
    };
    const onSeen = () => document.visibilityState === "visible" && void tell();
    void tell();
    const timer = setInterval(() => void tell(), SHOWN_EVERY_MS);
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", onSeen);
    document.addEventListener("visibilitychange", onSeen);
    return () => {
      clearInterval(timer);
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", onSeen);
      document.removeEventListener("visibilitychange", onSeen);
      leave();
    };
  }, [conversationId, router]);

  return isGone;
}
