import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";
import { type Asked, askRepeatedly } from "@/components/documents/ask-repeatedly";
import { listTransfersAction } from "@/lib/export/actions";
import type { Transfer } from "@/lib/export/schema";

/** What is being taken away or brought back, followed to its end, which is announced. */
export function useTransfers(first: Transfer[]) {
  const t = useTranslations("exports.settings");
  const [transfers, setTransfers] = useState(first);
  const [notice, setNotice] = useState("");
  const isHere = useRef(true);
  const shown = useRef(transfers);
  shown.current = transfers;

  const look = useCallback(async (): Promise<Asked> => {
    if (!isHere.current) return "done";
    const result = await listTransfersAction().catch(() => null);
    if (!result?.ok) return "failed";
    const ended = result.data.find(
      ({ id, state }) => isOver(state) && shown.current.some((one) => one.id === id && !isOver(one.state)),
    );
    if (ended) {
      const named = { kind: ended.kind, name: t(`kinds.${ended.kind}`) };
      setNotice(ended.state === "done" ? t("readyNotice", named) : t("failedNotice", named));
    }
    setTransfers(result.data);
    return result.data.every(({ state }) => isOver(state)) ? "done" : "waiting";
  }, [t]);

  const asking = useRef<ReturnType<typeof askRepeatedly>>(undefined);
  const isAnyMoving = transfers.some(({ state }) => !isOver(state));
  useEffect(() => {
    isHere.current = true;
    if (isAnyMoving) {
      asking.current ??= askRepeatedly(look);
      asking.current.start();
    }
    return () => {
      isHere.current = false;
    };
  }, [isAnyMoving, look]);

  return { transfers, setTransfers, refresh: () => void look(), notice };
}

const isOver = (state: Transfer["state"]): boolean => state === "done" || state === "failed";
