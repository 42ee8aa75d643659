import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { ErrorIcon, InfoIcon, SuccessIcon, WarningIcon } from "./icons";

export type NoticeTone = "info" | "success" | "warning" | "danger";

const tones = {
  info: { look: "border-info bg-info-soft", mark: "text-info", Icon: InfoIcon },
  success: { look: "border-success bg-success-soft", mark: "text-success", Icon: SuccessIcon },
  warning: { look: "border-warning bg-warning-soft", mark: "text-warning", Icon: WarningIcon },
  danger: { look: "border-danger bg-danger-soft", mark: "text-danger", Icon: ErrorIcon },
} as const;

type NoticeProps = {
  tone?: NoticeTone;
  title?: string | undefined;
  /** "alert" or "status" for one that appears while the page is being read. */
  role?: "alert" | "status" | undefined;
  actions?: ReactNode;
  children: ReactNode;
};

export function Notice({ tone = "info", title, role, actions, children }: NoticeProps) {
  const { look, mark, Icon } = tones[tone];
  return (
    <div role={role} className={classNames("flex items-start gap-3 rounded-control border px-4 py-3", look)}>
      <Icon className={classNames("mt-0.5", mark)} />
      <div className="min-w-0 flex-1">
        {title && <p className="font-semibold">{title}</p>}
        <div>{children}</div>
        {actions && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
