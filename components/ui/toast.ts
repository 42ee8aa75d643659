import { newId } from "@/lib/id";

export type ToastTone = "neutral" | "success" | "danger";

export type Toast = {
  id: string;
  text: string;
  tone: ToastTone;
  seconds: number;
  /** What can still be done about it, while the notice lasts. */
  action?: { label: string; run: () => void } | undefined;
};

const TOASTS_MAX = 3;
const nothing: readonly Toast[] = [];

let shown = nothing;
const watchers = new Set<() => void>();

function show(toasts: readonly Toast[]): void {
  shown = toasts;
  for (const watcher of watchers) watcher();
}

type NewToast = Pick<Toast, "text" | "action"> & { tone?: ToastTone; seconds?: number };

/** Shows a notice that goes away by itself, and announces it once. For what must stay, use `Notice`. */
export function showToast({ text, tone = "neutral", seconds = 6, action }: NewToast): string {
  const id = newId();
  show([...shown, { id, text, tone, seconds, action }].slice(-TOASTS_MAX));
  return id;
}

export const dismissToast = (id: string): void => show(shown.filter((toast) => toast.id !== id));

/** For `useSyncExternalStore`: the region is drawn once, and anything may speak through it. */
export const toastStore = {
  subscribe(watcher: () => void) {
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  },
  current: () => shown,
  onServer: () => nothing,
};
