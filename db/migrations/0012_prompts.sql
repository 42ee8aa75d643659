CREATE TABLE "prompts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "prompts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_owner_id_agents_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "prompts_of_owner" ON "prompts" USING btree ("owner_id","title");--> statement-breakpoint
CREATE POLICY "prompts_own_rows" ON "prompts" AS PERMISSIVE FOR ALL TO "assistant_member" USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid)) WITH CHECK ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid));