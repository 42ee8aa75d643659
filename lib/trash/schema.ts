import type { StoredConversation } from "@/lib/conversations/schema";

/** One that goes to the trash soon, for want of use, unless its owner uses or pins it. */
export type LeavingConversation = Pick<StoredConversation, "id" | "title" | "usedAt"> & { leavesAt: Date };
