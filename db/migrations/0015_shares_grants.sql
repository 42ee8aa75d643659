ALTER TABLE "shares" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "shares" TO assistant_member;--> statement-breakpoint
GRANT SELECT ("id", "conversation_id", "expires_at"), UPDATE ("is_suspended"), DELETE ON "shares" TO assistant_maintenance;
