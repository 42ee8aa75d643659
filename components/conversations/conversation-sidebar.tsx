import type { ConversationPage } from "@/lib/conversations/schema";
import { ConversationList } from "./conversation-list";

/** The conversations of the actor, the most recent first; `page` is being read. */
export async function ConversationSidebar({ page }: { page: Promise<ConversationPage> }) {
  return <ConversationList firstPage={await page} now={new Date()} />;
}
