/** Tells the other tabs of this browser that a conversation has changed; each then reads what the server lets it read. */
const CHANNEL = "conversations-changed";

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);

export const announceChange = (): void => channel?.postMessage(null);

export const onChangeElsewhere = (read: () => void): void => channel?.addEventListener("message", read);
