/** Written out, so that Tailwind finds each class. */
const SWATCHES = [
  ["page", "bg-page"],
  ["surface", "bg-surface"],
  ["surface-raised", "bg-surface-raised"],
  ["surface-hover", "bg-surface-hover"],
  ["line", "bg-line"],
  ["line-strong", "bg-line-strong"],
  ["muted", "bg-muted"],
  ["default", "bg-default"],
  ["action", "bg-action"],
  ["action-hover", "bg-action-hover"],
  ["action-soft", "bg-action-soft"],
  ["focus", "bg-focus"],
  ["danger", "bg-danger"],
  ["danger-soft", "bg-danger-soft"],
  ["success", "bg-success"],
  ["success-soft", "bg-success-soft"],
  ["warning", "bg-warning"],
  ["warning-soft", "bg-warning-soft"],
  ["info", "bg-info"],
  ["info-soft", "bg-info-soft"],
] as const;

export function GalleryColours() {
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(7rem,1fr))] gap-3">
      {SWATCHES.map(([name, swatch]) => (
        <li key={name} className="text-xs text-muted">
          <span aria-hidden="true" className={`mb-1 block h-10 rounded-control border border-line ${swatch}`} />
          {name}
        </li>
      ))}
    </ul>
  );
}
