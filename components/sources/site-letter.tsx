/** Stands for the icon of a site, which is never asked of it. */
export function SiteLetter({ site }: { site: string }) {
  const [letter = "?"] = site.replace(/^www\./i, "").match(/[\p{L}\d]/u) ?? [];
  return (
    <span
      aria-hidden="true"
      className="inline-flex size-5 shrink-0 select-none items-center justify-center rounded-sm border border-line bg-surface-raised font-semibold text-muted text-xs leading-none"
    >
      {letter.toLocaleUpperCase("fr")}
    </span>
  );
}
