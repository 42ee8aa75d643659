ALTER TABLE "passages" ADD COLUMN "embedding" "bytea";--> statement-breakpoint
ALTER TABLE "passages" ADD COLUMN "embedding_model_id" text;