ALTER TABLE "passages" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "passages" TO assistant_member;--> statement-breakpoint
-- All the passages of a file are looked at: left in their rows as they are, they need be neither fetched apart nor inflated.
ALTER TABLE "passages" SET (toast_tuple_target = 8160);
