import { useTranslations } from "next-intl";
import { useOptimistic, useTransition } from "react";
import { showToast } from "@/components/ui/toast";
import { unanswered } from "@/lib/errors/unanswered";
import { saveThemeAction } from "@/lib/preferences/actions";
import type { Theme } from "@/lib/preferences/rules";

/** Shows the theme at once, then remembers it; when that fails, says so and goes back to the one that is kept. */
export function useTheme(kept: Theme) {
  const errors = useTranslations("errors");
  const [theme, show] = useOptimistic(kept);
  const [, startTransition] = useTransition();

  const choose = (chosen: Theme) =>
    startTransition(async () => {
      show(chosen);
      document.documentElement.dataset.theme = chosen;
      const result = await saveThemeAction({ theme: chosen }).catch(unanswered);
      if (result.ok) return;
      document.documentElement.dataset.theme = kept;
      showToast({ tone: "danger", text: errors(result.code) });
    });
  return { theme, choose };
}
