import { type ReactNode, useId } from "react";

/** One subject of the settings, named by its heading. */
export function SettingsSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-6 rounded-card border border-line bg-page p-5 sm:p-7">
      {/* Takes the focus of what goes away in its section. */}
      <h2 id={id} tabIndex={-1} className="mb-4 scroll-mt-20 text-lg font-semibold outline-none">
        {title}
      </h2>
      {children}
    </section>
  );
}
