import { useTranslations } from "next-intl";
import { reopening } from "@/lib/errors/reopening";
import type { Allowance } from "@/lib/limits/schema";
import { SettingsSection } from "./settings-section";

/** What the agent may still use, as it was when the page was made. */
export function LimitsSection({ allowances }: { allowances: Allowance[] }) {
  const t = useTranslations("settings.limits");
  return (
    <SettingsSection title={t("title")}>
      {allowances.length === 0 ? (
        <p className="text-muted">{t("none")}</p>
      ) : (
        <>
          <p className="mb-4 text-sm text-muted">{t("description")}</p>
          <ul className="space-y-5">
            {allowances.map((allowance) => (
              <AllowanceLine key={allowance.name} {...allowance} />
            ))}
          </ul>
        </>
      )}
    </SettingsSection>
  );
}

function AllowanceLine({ name, limit, left, reopensAt }: Allowance) {
  const t = useTranslations("settings.limits");
  const reopen = useTranslations("assistant.limit");
  const { date, time } = reopening(reopensAt, new Date());
  const ids = { label: `limit-${name}`, left: `limit-${name}-left` };
  return (
    <li>
      <p id={ids.label} className="font-medium">
        {t(name)}
      </p>
      <progress
        aria-labelledby={ids.label}
        aria-describedby={ids.left}
        max={limit}
        value={left}
        className="my-1.5 block h-2 w-full accent-action"
      />
      <p id={ids.left} className="text-sm text-muted">
        {left > 0
          ? t("left", { left, limit })
          : `${t("reached")} ${date ? reopen("reopensOn", { date, time }) : reopen("reopensAt", { time })}`}
      </p>
    </li>
  );
}
