import type { ReactNode } from "react";
import { ChatFrame } from "@/components/assistant/chat-frame";
import { ClientMessages } from "@/components/layout/client-messages";
import { actorOrSignIn } from "@/lib/auth/actor";
import { getModelId } from "@/lib/preferences/queries";
import { listAnswerModels } from "@/lib/providers/llm";
import { listSearchEngines } from "@/lib/providers/web-search";

export default async function ChatLayout({ children }: { children: ReactNode }) {
  const actor = await actorOrSignIn();
  return (
    <ClientMessages
      also={[
        "assistant",
        "markdown",
        "home",
        "conversations",
        "documents",
        "exports",
        "sources",
        "web",
        "prompts",
        "sharing",
        "projects",
        "temporary",
      ]}
    >
      <ChatFrame
        agentId={actor.agentId}
        models={listAnswerModels(actor.role)}
        modelId={await getModelId(actor)}
        engines={listSearchEngines()}
      >
        {children}
      </ChatFrame>
    </ClientMessages>
  );
}
