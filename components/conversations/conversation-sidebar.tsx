import type { ConversationPage, ConversationSummary } from "@/lib/conversations/schema";
import type { ProjectSummary } from "@/lib/projects/schema";
import { ConversationList } from "./conversation-list";

type ConversationSidebarProps = {
  page: Promise<ConversationPage>;
  pinned: Promise<ConversationSummary[]>;
  projects: Promise<ProjectSummary[]>;
  canShare: boolean;
};

/** The projects of the actor, and their conversations: those that are pinned then the most recent first. All are being read. */
export async function ConversationSidebar({ page, pinned, projects, canShare }: ConversationSidebarProps) {
  const [first, onTop, kept] = await Promise.all([page, pinned, projects]);
  return <ConversationList lists={{ ...first, pinned: onTop }} projects={kept} canShare={canShare} now={new Date()} />;
}
