export const ARCHIVES_PATH = "/archives";
export const TRASH_PATH = "/corbeille";
/** Where the trash lists what will soon be in it. */
export const LEAVING_ANCHOR = "bientot";
export const TRASH_ANCHOR = "corbeille";

/** How long before it goes to the trash, for want of use, a conversation is announced to its owner. */
export const ANNOUNCED_DAYS = 30;
export const LEAVING_SHOWN_MAX = 100;

const DAY_MS = 24 * 60 * 60 * 1000;

/** `months` after a moment, in Paris as in UTC to within hours; the last day of a shorter month. */
function monthsAfter(moment: Date, months: number): Date {
  const day = moment.getUTCDate();
  const later = new Date(moment);
  later.setUTCDate(1);
  later.setUTCMonth(later.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(day, lastDay));
  return later;
}

type Leaving = { usedAt: Date; announcedAt: Date | null; isPinned: boolean };

/**
 * When a conversation goes to the trash for want of use; null unless that was announced since it was last used. Never sooner
 * than `ANNOUNCED_DAYS` after it was, whatever the configuration became meanwhile.
 */
export function leavesAt({ usedAt, announcedAt, isPinned }: Leaving, retentionMonths: number): Date | null {
  if (retentionMonths === 0 || isPinned || !announcedAt || announcedAt <= usedAt) return null;
  const due = Math.max(monthsAfter(usedAt, retentionMonths).getTime(), announcedAt.getTime() + ANNOUNCED_DAYS * DAY_MS);
  return new Date(due);
}

/** Days before the purge, one begun counting as one; 0 when it is due. */
export function daysLeft(deletedAt: Date, trashDays: number, now: Date): number {
  return Math.max(0, Math.ceil((deletedAt.getTime() + trashDays * DAY_MS - now.getTime()) / DAY_MS));
}
