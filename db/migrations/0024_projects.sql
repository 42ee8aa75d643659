CREATE TABLE "project_documents" (
	"project_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "project_documents_project_id_document_id_pk" PRIMARY KEY("project_id","document_id")
);
--> statement-breakpoint
ALTER TABLE "project_documents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "projects" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"title" text NOT NULL,
	"colour" text NOT NULL,
	"instructions" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "projects_id_owner" UNIQUE("id","owner_id"),
	CONSTRAINT "projects_colour" CHECK ("colour" in ('blue', 'teal', 'green', 'ochre', 'red', 'pink', 'purple', 'grey'))
);
--> statement-breakpoint
ALTER TABLE "projects" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "conversations_listed";--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "project_id" uuid;--> statement-breakpoint
ALTER TABLE "project_documents" ADD CONSTRAINT "project_documents_project" FOREIGN KEY ("project_id","owner_id") REFERENCES "public"."projects"("id","owner_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_documents" ADD CONSTRAINT "project_documents_document" FOREIGN KEY ("document_id","owner_id") REFERENCES "public"."documents"("id","owner_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_owner_id_agents_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "project_documents_of_document" ON "project_documents" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "projects_of_owner" ON "projects" USING btree ("owner_id","title");--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_project" FOREIGN KEY ("project_id","owner_id") REFERENCES "public"."projects"("id","owner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conversations_of_project" ON "conversations" USING btree ("project_id","used_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE project_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_listed" ON "conversations" USING btree ("owner_id","used_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE deleted_at is null and archived_at is null and pinned_at is null and project_id is null;--> statement-breakpoint
CREATE POLICY "project_documents_own_rows" ON "project_documents" AS PERMISSIVE FOR ALL TO "assistant_member" USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid)) WITH CHECK ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "projects_own_rows" ON "projects" AS PERMISSIVE FOR ALL TO "assistant_member" USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid)) WITH CHECK ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid));