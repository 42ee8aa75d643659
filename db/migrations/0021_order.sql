CREATE TABLE "account_erasures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agent_id" uuid,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"conversations" integer DEFAULT 0 NOT NULL,
	"messages" integer DEFAULT 0 NOT NULL,
	"documents" integer DEFAULT 0 NOT NULL,
	"files" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "account_erasures_agent" UNIQUE("agent_id")
);
--> statement-breakpoint
ALTER TABLE "account_erasures" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "purges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"conversations" integer DEFAULT 0 NOT NULL,
	"messages" integer DEFAULT 0 NOT NULL,
	"documents" integer DEFAULT 0 NOT NULL,
	"files" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "purges_kind" CHECK ("kind" in ('trash', 'retention', 'erased', 'account'))
);
--> statement-breakpoint
ALTER TABLE "purges" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "pinned_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "archived_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "announced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "account_erasures" ADD CONSTRAINT "account_erasures_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_erasures_unfinished" ON "account_erasures" USING btree ("requested_at") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "purges_at" ON "purges" USING btree ("at");--> statement-breakpoint
CREATE INDEX "conversations_listed" ON "conversations" USING btree ("owner_id","used_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE deleted_at is null and archived_at is null and pinned_at is null;--> statement-breakpoint
CREATE INDEX "conversations_pinned" ON "conversations" USING btree ("owner_id","pinned_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE deleted_at is null and archived_at is null and pinned_at is not null;--> statement-breakpoint
CREATE INDEX "conversations_archived" ON "conversations" USING btree ("owner_id","archived_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE deleted_at is null and archived_at is not null;--> statement-breakpoint
CREATE INDEX "conversations_trashed" ON "conversations" USING btree ("owner_id","deleted_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "conversations_announced" ON "conversations" USING btree ("owner_id","used_at","id") WHERE deleted_at is null and pinned_at is null and announced_at is not null;--> statement-breakpoint
CREATE INDEX "conversations_unused" ON "conversations" USING btree ("used_at") WHERE deleted_at is null and pinned_at is null;--> statement-breakpoint
CREATE POLICY "agents_erased_seen" ON "agents" AS PERMISSIVE FOR SELECT TO "assistant_maintenance" USING (exists (select from account_erasures where account_erasures.agent_id = agents.id));--> statement-breakpoint
CREATE POLICY "agents_erased" ON "agents" AS PERMISSIVE FOR DELETE TO "assistant_maintenance" USING (exists (select from account_erasures where account_erasures.agent_id = agents.id));--> statement-breakpoint
CREATE POLICY "conversations_retention_sees" ON "conversations" AS PERMISSIVE FOR SELECT TO "assistant_maintenance" USING (deleted_at is null and pinned_at is null);--> statement-breakpoint
CREATE POLICY "conversations_retention" ON "conversations" AS PERMISSIVE FOR UPDATE TO "assistant_maintenance" USING (deleted_at is null and pinned_at is null) WITH CHECK (pinned_at is null);--> statement-breakpoint
CREATE POLICY "conversations_erased_from_trash" ON "conversations" AS RESTRICTIVE FOR DELETE TO "assistant_member" USING (deleted_at is not null);--> statement-breakpoint
CREATE POLICY "messages_purge_counts" ON "messages" AS PERMISSIVE FOR SELECT TO "assistant_maintenance" USING (exists (select from conversations where conversations.id = conversation_id and deleted_at is not null));--> statement-breakpoint
CREATE POLICY "documents_purge_sees" ON "documents" AS PERMISSIVE FOR SELECT TO "assistant_maintenance" USING (deleted_at is not null and file_id is null);--> statement-breakpoint
CREATE POLICY "documents_purge" ON "documents" AS PERMISSIVE FOR DELETE TO "assistant_maintenance" USING (deleted_at is not null and file_id is null);--> statement-breakpoint
CREATE POLICY "message_documents_purge_sees" ON "message_documents" AS PERMISSIVE FOR SELECT TO "assistant_maintenance" USING (true);--> statement-breakpoint
CREATE POLICY "account_erasures_own_rows" ON "account_erasures" AS PERMISSIVE FOR ALL TO "assistant_member" USING ("agent_id" = (select nullif(current_setting('app.actor', true), '')::uuid)) WITH CHECK ("agent_id" = (select nullif(current_setting('app.actor', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "account_erasures_gate_sees" ON "account_erasures" AS PERMISSIVE FOR SELECT TO "assistant_gate" USING (true);--> statement-breakpoint
CREATE POLICY "account_erasures_gate_asks" ON "account_erasures" AS PERMISSIVE FOR INSERT TO "assistant_gate" WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "account_erasures_maintenance" ON "account_erasures" AS PERMISSIVE FOR ALL TO "assistant_maintenance" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "purges_erased" ON "purges" AS PERMISSIVE FOR INSERT TO "assistant_member" WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "purges_maintenance" ON "purges" AS PERMISSIVE FOR ALL TO "assistant_maintenance" USING (true) WITH CHECK (true);