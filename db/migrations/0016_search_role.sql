-- Owns what reads the index of the history (db/schema/search.ts), and nothing else. The application cannot take it: it is granted to nobody.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'assistant_search') THEN
    CREATE ROLE assistant_search NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another database's migration did it at the same moment
END
$$;--> statement-breakpoint
-- One index for whose and which words: a trusted extension, that comes with PostgreSQL and with PGlite.
CREATE EXTENSION IF NOT EXISTS btree_gin;
