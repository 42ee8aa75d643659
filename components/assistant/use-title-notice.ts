import { useTranslations } from "next-intl";
import { useEffect, useState, useSyncExternalStore } from "react";
import { liveTurns } from "./live-turns";

/** When answers end while the tab is hidden, the title of the page says how many, until the tab is seen again. */
export function useTitleNotice(): void {
  const t = useTranslations("assistant");
  const endings = useSyncExternalStore(liveTurns.subscribe, liveTurns.endings, liveTurns.endingsOnServer);
  const [seen, setSeen] = useState(endings);
  const unseen = endings - seen;

  useEffect(() => {
    const look = () => !document.hidden && setSeen(endings);
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [endings]);

  useEffect(() => {
    if (unseen === 0 || !document.hidden) return;
    const notice = t("titleNotice", { count: unseen, title: "" });
    const mark = () => {
      if (!document.title.startsWith(notice)) document.title = notice + document.title;
    };
    mark();
    // The page may get another title meanwhile.
    const observer = new MutationObserver(mark);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      if (document.title.startsWith(notice)) document.title = document.title.slice(notice.length);
    };
  }, [unseen, t]);
}
