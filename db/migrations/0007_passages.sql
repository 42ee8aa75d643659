CREATE TABLE "passages" (
	"file_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"page" integer NOT NULL,
	"position" integer NOT NULL,
	"heading" text,
	"text" text NOT NULL,
	"lexemes" "tsvector" NOT NULL,
	"words" integer NOT NULL,
	CONSTRAINT "passages_file_id_page_position_pk" PRIMARY KEY("file_id","page","position")
);
--> statement-breakpoint
ALTER TABLE "passages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_page" FOREIGN KEY ("file_id","page") REFERENCES "public"."file_pages"("file_id","number") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_file" FOREIGN KEY ("file_id","owner_id") REFERENCES "public"."files"("id","owner_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "passages_own_rows" ON "passages" AS PERMISSIVE FOR ALL TO "assistant_member" USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid)) WITH CHECK ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid));