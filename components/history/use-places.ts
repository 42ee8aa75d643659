import { useEffect, useState } from "react";
import { listConversationsAction } from "@/lib/conversations/actions";
import type { ConversationSummary } from "@/lib/conversations/schema";
import { unanswered } from "@/lib/errors/unanswered";
import { listProjectsAction } from "@/lib/projects/actions";
import type { ProjectName } from "@/lib/projects/rules";

const SHOWN_MAX = 6;

/** The conversations used last, and the projects; none until they are known. */
export function usePlaces() {
  const [recent, setRecent] = useState<readonly ConversationSummary[]>([]);
  const [projects, setProjects] = useState<readonly ProjectName[]>([]);
  useEffect(() => {
    let isHere = true;
    void (async () => {
      const conversations = await listConversationsAction({}).catch(unanswered);
      if (isHere && conversations.ok) setRecent(conversations.data.conversations.slice(0, SHOWN_MAX));
      const listed = await listProjectsAction().catch(unanswered);
      if (isHere && listed.ok) setProjects(listed.data);
    })();
    return () => {
      isHere = false;
    };
  }, []);
  return { recent, projects };
}
