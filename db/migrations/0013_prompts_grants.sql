ALTER TABLE "prompts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "prompts" TO assistant_member;
