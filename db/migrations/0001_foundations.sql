CREATE TABLE "agents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"given_name" text NOT NULL,
	"usual_name" text NOT NULL,
	"siret" text,
	"organization_label" text,
	"role" text DEFAULT 'member' NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"theme" text DEFAULT 'system' NOT NULL,
	"instructions" text DEFAULT '' NOT NULL,
	"analysis_allowed" boolean DEFAULT false NOT NULL,
	"analysis_decided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"signed_in_at" timestamp with time zone,
	CONSTRAINT "agents_role" CHECK ("role" in ('member', 'referent', 'analyst', 'administrator')),
	CONSTRAINT "agents_status" CHECK ("status" in ('active', 'disabled')),
	CONSTRAINT "agents_theme" CHECK ("theme" in ('system', 'light', 'dark'))
);
--> statement-breakpoint
ALTER TABLE "agents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "identities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agent_id" uuid NOT NULL,
	"idp_id" text NOT NULL,
	"sub" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "identities_idp_sub" UNIQUE("idp_id","sub")
);
--> statement-breakpoint
ALTER TABLE "identities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "identity_claims" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agent_id" uuid NOT NULL,
	"idp_id" text NOT NULL,
	"sub" text NOT NULL,
	"siret" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "identity_claims_idp_sub" UNIQUE("idp_id","sub")
);
--> statement-breakpoint
ALTER TABLE "identity_claims" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agent_id" uuid NOT NULL,
	"id_token" text NOT NULL,
	"device" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"logout_state" text
);
--> statement-breakpoint
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"title" text NOT NULL,
	"shown_leaf_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "conversations_id_owner" UNIQUE("id","owner_id")
);
--> statement-breakpoint
ALTER TABLE "conversations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"conversation_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"parent_id" uuid,
	"author" text NOT NULL,
	"parts" jsonb NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "messages_id_conversation" UNIQUE("id","conversation_id"),
	CONSTRAINT "messages_author" CHECK ("author" in ('agent', 'assistant'))
);
--> statement-breakpoint
ALTER TABLE "messages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "turns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"conversation_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"failure_code" text,
	"model_label" text NOT NULL,
	"input_tokens" integer,
	"output_tokens" integer,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "turns_answer_once" UNIQUE("answer_id"),
	CONSTRAINT "turns_status" CHECK ("status" in ('running', 'completed', 'stopped', 'failed', 'interrupted')),
	CONSTRAINT "turns_ended" CHECK ((status = 'running') = (ended_at is null))
);
--> statement-breakpoint
ALTER TABLE "turns" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_claims" ADD CONSTRAINT "identity_claims_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_owner_id_agents_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation" FOREIGN KEY ("conversation_id","owner_id") REFERENCES "public"."conversations"("id","owner_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_parent" FOREIGN KEY ("parent_id","conversation_id") REFERENCES "public"."messages"("id","conversation_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "turns" ADD CONSTRAINT "turns_conversation" FOREIGN KEY ("conversation_id","owner_id") REFERENCES "public"."conversations"("id","owner_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "turns" ADD CONSTRAINT "turns_question" FOREIGN KEY ("question_id","conversation_id") REFERENCES "public"."messages"("id","conversation_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "turns" ADD CONSTRAINT "turns_answer" FOREIGN KEY ("answer_id","conversation_id") REFERENCES "public"."messages"("id","conversation_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agents_email" ON "agents" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "identities_agent" ON "identities" USING btree ("agent_id");--> statement-breakpoint
CREATE INDEX "identity_claims_agent" ON "identity_claims" USING btree ("agent_id");--> statement-breakpoint
CREATE INDEX "sessions_agent" ON "sessions" USING btree ("agent_id","seen_at");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sessions_logout_state" ON "sessions" USING btree ("logout_state") WHERE logout_state is not null;--> statement-breakpoint
CREATE INDEX "conversations_recent" ON "conversations" USING btree ("owner_id","used_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "conversations_deleted" ON "conversations" USING btree ("deleted_at") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "messages_of_conversation" ON "messages" USING btree ("conversation_id","id");--> statement-breakpoint
CREATE INDEX "messages_of_parent" ON "messages" USING btree ("parent_id");--> statement-breakpoint
CREATE UNIQUE INDEX "turns_one_running" ON "turns" USING btree ("conversation_id") WHERE status = 'running';--> statement-breakpoint
CREATE INDEX "turns_question_id" ON "turns" USING btree ("question_id");--> statement-breakpoint
CREATE INDEX "turns_heartbeat" ON "turns" USING btree ("heartbeat_at") WHERE status = 'running';--> statement-breakpoint
CREATE POLICY "agents_own_rows" ON "agents" AS PERMISSIVE FOR ALL TO "assistant_member" USING ("id" = (select nullif(current_setting('app.actor', true), '')::uuid)) WITH CHECK ("id" = (select nullif(current_setting('app.actor', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "agents_gate" ON "agents" AS PERMISSIVE FOR ALL TO "assistant_gate" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "identities_gate" ON "identities" AS PERMISSIVE FOR ALL TO "assistant_gate" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "identity_claims_gate" ON "identity_claims" AS PERMISSIVE FOR ALL TO "assistant_gate" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "sessions_own_rows" ON "sessions" AS PERMISSIVE FOR ALL TO "assistant_member" USING ("agent_id" = (select nullif(current_setting('app.actor', true), '')::uuid)) WITH CHECK ("agent_id" = (select nullif(current_setting('app.actor', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "sessions_gate" ON "sessions" AS PERMISSIVE FOR ALL TO "assistant_gate" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "sessions_maintenance" ON "sessions" AS PERMISSIVE FOR ALL TO "assistant_maintenance" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "conversations_own_rows" ON "conversations" AS PERMISSIVE FOR ALL TO "assistant_member" USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid)) WITH CHECK ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "conversations_purge_sees" ON "conversations" AS PERMISSIVE FOR SELECT TO "assistant_maintenance" USING (deleted_at is not null);--> statement-breakpoint
CREATE POLICY "conversations_purge" ON "conversations" AS PERMISSIVE FOR DELETE TO "assistant_maintenance" USING (deleted_at is not null);--> statement-breakpoint
CREATE POLICY "messages_own_rows" ON "messages" AS PERMISSIVE FOR ALL TO "assistant_member" USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid)) WITH CHECK ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "turns_own_rows" ON "turns" AS PERMISSIVE FOR ALL TO "assistant_member" USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid)) WITH CHECK ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "turns_sweep_sees" ON "turns" AS PERMISSIVE FOR SELECT TO "assistant_maintenance" USING (true);--> statement-breakpoint
CREATE POLICY "turns_sweep" ON "turns" AS PERMISSIVE FOR UPDATE TO "assistant_maintenance" USING (status = 'running') WITH CHECK (status = 'interrupted');