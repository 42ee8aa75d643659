ALTER TABLE "purges" DROP CONSTRAINT "purges_kind";--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "conversations_expiring" ON "conversations" USING btree ("expires_at") WHERE expires_at is not null;--> statement-breakpoint
CREATE INDEX "documents_expiring" ON "documents" USING btree ("expires_at") WHERE expires_at is not null;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_temporary" CHECK (expires_at is null or (pinned_at is null and archived_at is null and announced_at is null and deleted_at is null
        and project_id is null));--> statement-breakpoint
ALTER TABLE "purges" ADD CONSTRAINT "purges_kind" CHECK ("kind" in ('trash', 'retention', 'erased', 'account', 'temporary'));--> statement-breakpoint
CREATE POLICY "conversations_expired_seen" ON "conversations" AS PERMISSIVE FOR SELECT TO "assistant_maintenance" USING (expires_at <= now());--> statement-breakpoint
CREATE POLICY "documents_expired_seen" ON "documents" AS PERMISSIVE FOR SELECT TO "assistant_maintenance" USING (expires_at <= now());--> statement-breakpoint
CREATE POLICY "feedback_of_kept_conversations" ON "feedback" AS RESTRICTIVE FOR INSERT TO "assistant_member" WITH CHECK (exists (
  select from conversations where conversations.id = conversation_id and conversations.expires_at is null));--> statement-breakpoint
CREATE POLICY "shares_of_kept_conversations" ON "shares" AS RESTRICTIVE FOR INSERT TO "assistant_member" WITH CHECK (exists (
  select from conversations where conversations.id = conversation_id and conversations.expires_at is null));--> statement-breakpoint
ALTER POLICY "conversations_searched" ON "conversations" TO assistant_search USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid) and expires_at is null);--> statement-breakpoint
ALTER POLICY "conversations_retention_sees" ON "conversations" TO assistant_maintenance USING (deleted_at is null and pinned_at is null and expires_at is null);--> statement-breakpoint
ALTER POLICY "conversations_retention" ON "conversations" TO assistant_maintenance USING (deleted_at is null and pinned_at is null and expires_at is null) WITH CHECK (pinned_at is null);--> statement-breakpoint
ALTER POLICY "conversations_erased_from_trash" ON "conversations" TO assistant_member USING (deleted_at is not null or expires_at is not null);--> statement-breakpoint
ALTER POLICY "messages_searched" ON "messages" TO assistant_search USING ("owner_id" = (select nullif(current_setting('app.actor', true), '')::uuid) and exists (
  select from conversations where conversations.id = conversation_id and conversations.expires_at is null));