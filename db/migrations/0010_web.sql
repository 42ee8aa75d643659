ALTER TABLE "agents" ADD COLUMN "searches_alone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "confirms_searches" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "web_mode" text DEFAULT 'off' NOT NULL;--> statement-breakpoint
ALTER TABLE "queued_questions" ADD COLUMN "web_mode" text DEFAULT 'off' NOT NULL;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "web_mode" text DEFAULT 'off' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_web_mode" CHECK ("web_mode" in ('off', 'all', 'official'));--> statement-breakpoint
ALTER TABLE "queued_questions" ADD CONSTRAINT "queued_questions_web_mode" CHECK ("web_mode" in ('off', 'all', 'official'));--> statement-breakpoint
ALTER TABLE "turns" ADD CONSTRAINT "turns_web_mode" CHECK ("web_mode" in ('off', 'all', 'official'));