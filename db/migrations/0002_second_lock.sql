-- drizzle-kit writes ENABLE only; FORCE makes the policies bind the tables' owner too.
ALTER TABLE "agents" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "identities" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "identity_claims" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sessions" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "conversations" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "messages" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "turns" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT ON "agents" TO assistant_member;--> statement-breakpoint
GRANT UPDATE ("theme", "instructions", "analysis_allowed", "analysis_decided_at") ON "agents" TO assistant_member;--> statement-breakpoint
GRANT SELECT ("id", "agent_id", "device", "created_at", "seen_at", "expires_at", "revoked_at"), UPDATE ("revoked_at") ON "sessions" TO assistant_member;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "conversations", "messages", "turns" TO assistant_member;--> statement-breakpoint
GRANT SELECT ("id", "email", "given_name", "usual_name", "siret", "organization_label", "role", "status", "theme", "created_at", "signed_in_at"), INSERT, UPDATE ("email", "given_name", "usual_name", "siret", "organization_label", "role", "status", "signed_in_at") ON "agents" TO assistant_gate;--> statement-breakpoint
GRANT SELECT, INSERT ON "identities" TO assistant_gate;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "identity_claims" TO assistant_gate;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "sessions" TO assistant_gate;--> statement-breakpoint
GRANT SELECT ("id", "expires_at", "revoked_at"), DELETE ON "sessions" TO assistant_maintenance;--> statement-breakpoint
GRANT SELECT ("id", "deleted_at"), DELETE ON "conversations" TO assistant_maintenance;--> statement-breakpoint
GRANT SELECT ("id", "conversation_id", "status", "heartbeat_at", "started_at"), UPDATE ("status", "ended_at") ON "turns" TO assistant_maintenance;
