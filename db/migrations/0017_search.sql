CREATE TABLE "search_entries" (
	"conversation_id" uuid NOT NULL,
	"message_id" uuid,
	"owner_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"has_web" boolean DEFAULT false NOT NULL,
	"lexemes" "tsvector" NOT NULL,
	CONSTRAINT "search_entries_message" UNIQUE("message_id")
);
--> statement-breakpoint
ALTER TABLE "search_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "search_version" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "search_entries" ADD CONSTRAINT "search_entries_conversation" FOREIGN KEY ("conversation_id","owner_id") REFERENCES "public"."conversations"("id","owner_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_entries" ADD CONSTRAINT "search_entries_of_message" FOREIGN KEY ("message_id","conversation_id") REFERENCES "public"."messages"("id","conversation_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "search_entries_title" ON "search_entries" USING btree ("conversation_id") WHERE message_id is null;--> statement-breakpoint
CREATE INDEX "search_entries_of_conversation" ON "search_entries" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "search_entries_recent" ON "search_entries" USING btree ("owner_id","at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "search_entries_titles" ON "search_entries" USING btree ("owner_id","at" DESC NULLS FIRST) WHERE message_id is null;--> statement-breakpoint
CREATE INDEX "search_entries_words" ON "search_entries" USING gin ("owner_id","lexemes");--> statement-breakpoint
CREATE INDEX "turns_to_index" ON "turns" USING btree ("search_version") WHERE status <> 'running';--> statement-breakpoint
CREATE INDEX "passages_words" ON "passages" USING gin ("owner_id","lexemes");--> statement-breakpoint
CREATE POLICY "conversations_searched" ON "conversations" AS PERMISSIVE FOR SELECT TO "assistant_search" USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "messages_searched" ON "messages" AS PERMISSIVE FOR SELECT TO "assistant_search" USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "turns_searched" ON "turns" AS PERMISSIVE FOR SELECT TO "assistant_search" USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "documents_searched" ON "documents" AS PERMISSIVE FOR SELECT TO "assistant_search" USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "message_documents_searched" ON "message_documents" AS PERMISSIVE FOR SELECT TO "assistant_search" USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "passages_searched" ON "passages" AS PERMISSIVE FOR SELECT TO "assistant_search" USING (true);--> statement-breakpoint
CREATE POLICY "search_entries_search" ON "search_entries" AS PERMISSIVE FOR ALL TO "assistant_search" USING (true) WITH CHECK (true);