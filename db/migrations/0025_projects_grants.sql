ALTER TABLE "projects" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "project_documents" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "projects" TO assistant_member;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "project_documents" TO assistant_member;
