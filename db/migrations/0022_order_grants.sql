ALTER TABLE "purges" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "account_erasures" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- A policy allows it only of what is in the trash.
GRANT DELETE ON "conversations" TO assistant_member;--> statement-breakpoint
GRANT INSERT ON "purges" TO assistant_member;--> statement-breakpoint
GRANT SELECT, UPDATE ("conversations", "messages", "documents", "files") ON "account_erasures" TO assistant_member;--> statement-breakpoint
GRANT DELETE ON "identities", "identity_claims", "sessions" TO assistant_gate;--> statement-breakpoint
GRANT SELECT, INSERT ON "account_erasures" TO assistant_gate;--> statement-breakpoint
GRANT SELECT ("used_at", "pinned_at", "announced_at"), UPDATE ("deleted_at", "announced_at") ON "conversations" TO assistant_maintenance;--> statement-breakpoint
GRANT SELECT ("conversation_id") ON "messages" TO assistant_maintenance;--> statement-breakpoint
GRANT SELECT ("id", "file_id", "deleted_at"), DELETE ON "documents" TO assistant_maintenance;--> statement-breakpoint
GRANT SELECT ("document_id") ON "message_documents" TO assistant_maintenance;--> statement-breakpoint
GRANT SELECT, INSERT ON "purges" TO assistant_maintenance;--> statement-breakpoint
GRANT SELECT, UPDATE ("finished_at"), DELETE ON "account_erasures" TO assistant_maintenance;--> statement-breakpoint
GRANT SELECT ("id"), DELETE ON "agents" TO assistant_maintenance;
