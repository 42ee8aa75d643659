import type { ReactNode } from "react";
import { ChevronDownIcon } from "@/components/ui/icons";
import { KeptDetails } from "./kept-details";

type ToolCardFrameProps = {
  id: string;
  icon: ReactNode;
  title: string;
  state: string;
  /** Shown even while the card is folded. */
  note?: ReactNode;
  /** What the agent can do about the call, under the card. */
  actions?: ReactNode;
  children: ReactNode;
};

/** A call of a tool: what it is and how far it has got; unfolded, the rest. */
export function ToolCardFrame({ id, icon, title, state, note, actions, children }: ToolCardFrameProps) {
  return (
    <div data-tool-card className="rounded-control border border-line bg-surface text-sm">
      <KeptDetails id={id} className="group/tool">
        <summary className="grid min-h-target-small cursor-pointer list-none grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2 gap-y-1 rounded-control px-4 py-2 [&::-webkit-details-marker]:hidden">
          {icon}
          <span className="flex flex-wrap gap-x-2">
            <span className="font-medium">{title}</span>
            <span className="min-w-0 text-muted wrap-anywhere">{state}</span>
          </span>
          <ChevronDownIcon className="size-4 text-muted transition-transform group-open/tool:rotate-180" />
          {note && <span className="col-span-2 col-start-2 text-muted wrap-anywhere">{note}</span>}
        </summary>
        <div className="border-line border-t px-4 py-3">{children}</div>
      </KeptDetails>
      {actions && <div className="border-line border-t px-4 py-3">{actions}</div>}
    </div>
  );
}

export const Facts = ({ children }: { children: ReactNode }) => (
  <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[max-content_1fr]">{children}</dl>
);

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="wrap-anywhere max-sm:not-last:mb-1.5">{children}</dd>
    </>
  );
}
