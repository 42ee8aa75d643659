CREATE TABLE "shares" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"shared_by" text NOT NULL,
	"title" text NOT NULL,
	"messages" jsonb NOT NULL,
	"with_documents" boolean NOT NULL,
	"is_suspended" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "shares" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "shares" ADD CONSTRAINT "shares_conversation" FOREIGN KEY ("conversation_id","owner_id") REFERENCES "public"."conversations"("id","owner_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "shares_of_owner" ON "shares" USING btree ("owner_id","created_at");--> statement-breakpoint
CREATE INDEX "shares_of_conversation" ON "shares" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "shares_expiry" ON "shares" USING btree ("expires_at");--> statement-breakpoint
CREATE POLICY "shares_own_rows" ON "shares" AS PERMISSIVE FOR ALL TO "assistant_member" USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid)) WITH CHECK ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "shares_opened" ON "shares" AS PERMISSIVE FOR SELECT TO "assistant_member" USING (id = (select nullif(current_setting('app.share', true), '')::uuid) and not is_suspended and expires_at > now());--> statement-breakpoint
CREATE POLICY "shares_purge_sees" ON "shares" AS PERMISSIVE FOR SELECT TO "assistant_maintenance" USING (expires_at <= now());--> statement-breakpoint
CREATE POLICY "shares_purge" ON "shares" AS PERMISSIVE FOR DELETE TO "assistant_maintenance" USING (expires_at <= now());