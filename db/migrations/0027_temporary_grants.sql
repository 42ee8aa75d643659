-- Which temporary conversations and documents have ended: their owner's role removes them. Whose a conversation is, its turns say.
GRANT SELECT ("expires_at") ON "conversations" TO assistant_maintenance;--> statement-breakpoint
GRANT SELECT ("owner_id", "expires_at") ON "documents" TO assistant_maintenance;--> statement-breakpoint
-- Read by the policies that keep temporary conversations out of the search.
GRANT SELECT ("expires_at") ON "conversations" TO assistant_search;
