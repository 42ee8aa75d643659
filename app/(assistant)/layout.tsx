import { type ReactNode, Suspense } from "react";
import { Shortcuts } from "@/components/assistant/shortcuts";
import { SessionWatch } from "@/components/auth/session-watch";
import { ConversationListWaiting } from "@/components/conversations/conversation-list-waiting";
import { ConversationSidebar } from "@/components/conversations/conversation-sidebar";
import { HistoryLink } from "@/components/history/history-link";
import { AccountMenu } from "@/components/layout/account-menu";
import { AssistantFrame } from "@/components/layout/assistant-frame";
import { AssistantSkipLinks } from "@/components/layout/assistant-skip-links";
import { Brand } from "@/components/layout/brand";
import { ClientMessages } from "@/components/layout/client-messages";
import { MainContent } from "@/components/layout/main-content";
import { SiteFooter } from "@/components/layout/site-footer";
import { LeavingNotice } from "@/components/shelves/leaving-notice";
import { ShelfLinks } from "@/components/shelves/shelf-links";
import { actorOrSignIn } from "@/lib/auth/actor";
import { listConversations, listPinned } from "@/lib/conversations/queries";
import { env } from "@/lib/env";
import { getProfile } from "@/lib/preferences/queries";
import { listProjects } from "@/lib/projects/queries";
import { summariseLeaving } from "@/lib/trash/queries";

export default async function AssistantLayout({ children }: { children: ReactNode }) {
  const actor = await actorOrSignIn();
  const { givenName, usualName, shortcutsEnabled } = await getProfile(actor);
  return (
    <ClientMessages also={["conversations", "exports", "sharing", "projects", "shortcuts", "palette", "hits"]}>
      <AssistantSkipLinks />
      <AssistantFrame
        brand={<Brand />}
        account={<AccountMenu givenName={givenName} usualName={usualName} />}
        sidebar={
          <>
            <HistoryLink hasShortcut={shortcutsEnabled} />
            <Suspense fallback={<ConversationListWaiting />}>
              <ConversationSidebar
                page={listConversations(actor)}
                pinned={listPinned(actor)}
                projects={listProjects(actor)}
                canShare={env().SHARING}
              />
            </Suspense>
            <Suspense fallback={null}>
              <LeavingNotice leaving={summariseLeaving(actor, env().RETENTION_MONTHS)} />
            </Suspense>
            <ShelfLinks />
          </>
        }
        footer={<SiteFooter />}
      >
        <MainContent>{children}</MainContent>
      </AssistantFrame>
      <SessionWatch />
      <Shortcuts isEnabled={shortcutsEnabled} />
    </ClientMessages>
  );
}
