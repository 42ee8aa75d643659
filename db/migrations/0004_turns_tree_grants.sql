ALTER TABLE "queued_questions" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "summaries" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "feedback" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT UPDATE ("model_id", "shortcuts_enabled") ON "agents" TO assistant_member;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "queued_questions" TO assistant_member;--> statement-breakpoint
GRANT SELECT, INSERT ON "summaries" TO assistant_member;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "feedback" TO assistant_member;
