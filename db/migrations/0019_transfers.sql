CREATE TABLE "transfers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"format" text,
	"request" jsonb,
	"state" text DEFAULT 'waiting' NOT NULL,
	"failure_code" text,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"file_name" text,
	"size_bytes" bigint,
	"report" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "transfers_kind" CHECK ("kind" in ('conversations', 'everything', 'import')),
	CONSTRAINT "transfers_state" CHECK ("state" in ('waiting', 'running', 'done', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "transfers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_owner_id_agents_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "transfers_recent" ON "transfers" USING btree ("owner_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "transfers_expiry" ON "transfers" USING btree ("expires_at");--> statement-breakpoint
CREATE POLICY "transfers_own_rows" ON "transfers" AS PERMISSIVE FOR ALL TO "assistant_member" USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid)) WITH CHECK ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "transfers_sweep_sees" ON "transfers" AS PERMISSIVE FOR SELECT TO "assistant_maintenance" USING (true);--> statement-breakpoint
CREATE POLICY "transfers_sweep" ON "transfers" AS PERMISSIVE FOR DELETE TO "assistant_maintenance" USING (expires_at < now());