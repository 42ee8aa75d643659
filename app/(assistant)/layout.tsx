import { type ReactNode, Suspense } from "react";
import { Shortcuts } from "@/components/assistant/shortcuts";
import { SessionWatch } from "@/components/auth/session-watch";
import { ConversationListWaiting } from "@/components/conversations/conversation-list-waiting";
import { ConversationSidebar } from "@/components/conversations/conversation-sidebar";
import { AccountMenu } from "@/components/layout/account-menu";
import { AssistantFrame } from "@/components/layout/assistant-frame";
import { AssistantSkipLinks } from "@/components/layout/assistant-skip-links";
import { Brand } from "@/components/layout/brand";
import { ClientMessages } from "@/components/layout/client-messages";
import { MainContent } from "@/components/layout/main-content";
import { SiteFooter } from "@/components/layout/site-footer";
import { LibraryLink } from "@/components/library/library-link";
import { actorOrSignIn } from "@/lib/auth/actor";
import { listConversations } from "@/lib/conversations/queries";
import { getProfile } from "@/lib/preferences/queries";

export default async function AssistantLayout({ children }: { children: ReactNode }) {
  const actor = await actorOrSignIn();
  const { givenName, usualName, shortcutsEnabled } = await getProfile(actor);
  return (
    <ClientMessages also={["conversations", "shortcuts"]}>
      <AssistantSkipLinks />
      <AssistantFrame
        brand={<Brand />}
        account={<AccountMenu givenName={givenName} usualName={usualName} />}
        sidebar={
          <>
            <Suspense fallback={<ConversationListWaiting />}>
              <ConversationSidebar page={listConversations(actor)} />
            </Suspense>
            <LibraryLink />
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
