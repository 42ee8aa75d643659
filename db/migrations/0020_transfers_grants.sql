ALTER TABLE "transfers" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "transfers" TO assistant_member;--> statement-breakpoint
GRANT SELECT ("id", "owner_id", "kind", "state", "created_at", "expires_at"), DELETE ON "transfers" TO assistant_maintenance;
