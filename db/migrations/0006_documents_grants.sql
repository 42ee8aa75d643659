ALTER TABLE "files" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "documents" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "file_pages" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "message_documents" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "files", "documents", "file_pages" TO assistant_member;--> statement-breakpoint
GRANT SELECT, INSERT ON "message_documents" TO assistant_member;--> statement-breakpoint
GRANT SELECT ("id", "owner_id", "state", "created_at") ON "files" TO assistant_maintenance;
