ALTER TABLE "search_entries" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Left in their rows, words need be neither fetched apart nor inflated when many are looked at.
ALTER TABLE "search_entries" SET (toast_tuple_target = 8160);--> statement-breakpoint
-- Each search would otherwise read, one by one, the words that wait to be put in the index.
ALTER INDEX "search_entries_words" SET (fastupdate = off);--> statement-breakpoint
ALTER INDEX "passages_words" SET (fastupdate = off);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "search_entries" TO assistant_search;--> statement-breakpoint
GRANT SELECT ("id", "owner_id", "created_at", "deleted_at") ON "conversations" TO assistant_search;--> statement-breakpoint
GRANT SELECT ("id", "conversation_id", "owner_id", "created_at") ON "messages" TO assistant_search;--> statement-breakpoint
GRANT SELECT ("conversation_id", "owner_id", "question_id", "answer_id", "model_label") ON "turns" TO assistant_search;--> statement-breakpoint
GRANT SELECT ("id", "owner_id", "file_id", "deleted_at") ON "documents" TO assistant_search;--> statement-breakpoint
GRANT SELECT ON "message_documents" TO assistant_search;--> statement-breakpoint
GRANT SELECT ("file_id", "owner_id", "page", "position", "lexemes") ON "passages" TO assistant_search;--> statement-breakpoint
-- For the sweep that indexes what is not: whose turns, never what they say.
GRANT SELECT ("owner_id", "search_version") ON "turns" TO assistant_maintenance;--> statement-breakpoint

-- Keeps the words of messages and titles of the transaction's actor; those of anything else are left out.
CREATE FUNCTION write_search_entries(entries jsonb, replaces_titles boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
BEGIN
  IF me IS NULL THEN RETURN; END IF;
  INSERT INTO public.search_entries (conversation_id, message_id, owner_id, at, has_web, lexemes)
    SELECT message.conversation_id, message.id, me, message.created_at, entry.has_web, entry.lexemes
    FROM jsonb_to_recordset(entries) AS entry (message_id uuid, has_web boolean, lexemes tsvector)
    JOIN public.messages message ON message.id = entry.message_id AND message.owner_id = me
    ORDER BY message.id
    ON CONFLICT (message_id) DO UPDATE SET has_web = excluded.has_web, lexemes = excluded.lexemes
      WHERE search_entries.owner_id = me;
  INSERT INTO public.search_entries (conversation_id, owner_id, at, lexemes)
    SELECT conversation.id, me, conversation.created_at, entry.lexemes
    FROM jsonb_to_recordset(entries) AS entry (title_of uuid, lexemes tsvector)
    JOIN public.conversations conversation ON conversation.id = entry.title_of AND conversation.owner_id = me
    ORDER BY conversation.id
    ON CONFLICT (conversation_id) WHERE message_id IS NULL DO UPDATE SET lexemes = excluded.lexemes
      WHERE search_entries.owner_id = me AND replaces_titles;
END
$$;--> statement-breakpoint

-- What holds the words, the best or the latest first: messages, titles (message_id is null), and passages of documents (document_id).
--   asked         what must hold in a message or a title; null: only titles, by the filters
--   whole         those of the words that are typed to their end, when others are not: they alone go to the index
--   excluded      what titles must not hold, when nothing is asked
--   in_documents  what must hold in a passage; null: no passage is looked at
--   latest        look only among so many messages, the latest, and as many titles
--   after_*       the last of the page before
CREATE FUNCTION search_history(
  asked tsquery, whole tsquery, in_documents tsquery, excluded tsquery, since timestamptz, until timestamptz, with_file boolean, with_web boolean,
  model_labels text[], in_conversation uuid, latest integer, is_by_date boolean, as_of timestamptz,
  after_score float8, after_at timestamptz, after_key text, wanted integer, counted_max integer
) RETURNS TABLE (
  conversation_id uuid, message_id uuid, document_id uuid, page integer, place integer, at timestamptz, score float8, key text, total integer
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET jit = off AS $$
DECLARE
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  entries text;
BEGIN
  IF me IS NULL THEN RETURN; END IF;
  -- Written with constants only, and planned for what is asked: which index serves depends on it.
  entries := CASE
    WHEN asked IS NULL THEN
      'select ctid as row_id, conversation_id, message_id, at from public.search_entries
        where owner_id = $1 and message_id is null and ($19 is null or (lexemes @@ $19) is true)'
    WHEN in_conversation IS NOT NULL THEN
      'select ctid as row_id, conversation_id, message_id, at from public.search_entries
        where owner_id = $1 and conversation_id = $10 and (lexemes @@ $2) is true'
    WHEN latest IS NOT NULL THEN
      'select row_id, conversation_id, message_id, at from (
        (select ctid as row_id, conversation_id, message_id, at, lexemes from public.search_entries
          where owner_id = $1 and message_id is not null order by at desc limit $11)
        union all
        (select ctid, conversation_id, message_id, at, lexemes from public.search_entries
          where owner_id = $1 and message_id is null order by at desc limit $11)) recent
        where lexemes @@ $2'
    WHEN whole IS NOT NULL THEN
      'select ctid as row_id, conversation_id, message_id, at from public.search_entries
        where owner_id = $1 and lexemes @@ $3 and (lexemes @@ $2) is true'
    ELSE
      'select ctid as row_id, conversation_id, message_id, at from public.search_entries where owner_id = $1 and lexemes @@ $2'
  END;
  RETURN QUERY EXECUTE '
    with entries as materialized (' || entries || '),
    passages as materialized (
      select file_id, page, position, ts_rank(lexemes, $4, 1) as rank from public.passages
      where owner_id = $1 and lexemes @@ $4),
    in_documents as (
      select distinct on (used.conversation_id, used.document_id) null::tid as row_id, used.conversation_id, used.message_id,
        used.document_id, passages.page, passages.position as place, passages.rank, message.created_at as at
      from passages
      join public.documents document on document.file_id = passages.file_id and document.owner_id = $1 and document.deleted_at is null
      join public.message_documents used on used.document_id = document.id and used.owner_id = $1
      join public.messages message on message.id = used.message_id and message.owner_id = $1
      where $10 is null or used.conversation_id = $10
      order by used.conversation_id, used.document_id, passages.rank desc, message.created_at desc),
    matching as (
      select row_id, conversation_id, message_id, null::uuid as document_id, null::integer as page, null::integer as place,
        null::real as rank, at from entries
      union all
      select row_id, conversation_id, message_id, document_id, page, place, rank, at from in_documents),
    found as materialized (
      select matching.*,
        0.4 + 0.6 * exp(-greatest(0, extract(epoch from $13 - matching.at)::float8) / 15552000) as recency
      from matching
      where not exists (select from public.conversations gone where gone.id = matching.conversation_id and gone.deleted_at is not null)
        and ($5 is null or matching.at >= $5) and ($6 is null or matching.at < $6)
        and (not $7 or exists (
          select from public.message_documents used where used.conversation_id = matching.conversation_id and used.owner_id = $1))
        and (not $8 or exists (
          select from public.search_entries web where web.conversation_id = matching.conversation_id and web.has_web))
        and ($9 is null or exists (
          select from public.turns turn where turn.owner_id = $1 and turn.conversation_id = matching.conversation_id
            and turn.model_label = any ($9)
            and (matching.message_id is null or matching.message_id in (turn.question_id, turn.answer_id))))),
    best as (
      select row_id, recency, message_id from found where not $12 and document_id is null
      order by recency * (case when message_id is null then 2 else 1 end) desc limit 400),
    -- Ranking reads the words of an entry: only the likeliest are worth it, the others follow.
    ranked as (
      select best.row_id, best.recency * ts_rank(''{0.4, 0.2, 0.7, 1}'', entry.lexemes, coalesce($2, ''''), 1) as rank
      from best join public.search_entries entry on entry.ctid = best.row_id),
    scored as (
      select found.*, coalesce(found.document_id, found.message_id, found.conversation_id)::text || coalesce(found.message_id::text, '''') as key,
        case when $12 then 0 when found.document_id is not null then 0.5 * found.recency * found.rank
          else coalesce(ranked.rank, 0) end::float8 as score,
        least(count(*) over (), $18)::integer as total
      from found left join ranked on ranked.row_id = found.row_id)
    select conversation_id, message_id, document_id, page, place, at, score, key, total from scored
    where $16 is null or (score, at, key) < ($14, $15, $16)
    order by score desc, at desc, key desc limit $17'
  USING me, asked, whole, in_documents, since, until, with_file, with_web, model_labels, in_conversation, latest, is_by_date, as_of,
    after_score, after_at, after_key, wanted, counted_max, excluded;
END
$$;--> statement-breakpoint

-- Whether the transaction's actor has written more than that.
CREATE FUNCTION has_longer_history(entries integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT count(*) > entries FROM (
    SELECT FROM public.search_entries WHERE owner_id = nullif(current_setting('app.actor', true), '')::uuid LIMIT entries + 1) mine
$$;--> statement-breakpoint

-- The words that the transaction's actor used lately, or has in a document.
CREATE FUNCTION list_history_words(entries integer, characters_min integer, characters_max integer)
RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET jit = off AS $$
DECLARE
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
BEGIN
  IF me IS NULL THEN RETURN; END IF;
  RETURN QUERY SELECT stat.word FROM ts_stat(format(
    '(select entry.lexemes from public.search_entries entry join public.conversations kept on kept.id = entry.conversation_id
        where entry.owner_id = %1$L and kept.deleted_at is null order by entry.at desc limit %2$s)
      union all (select lexemes from public.passages where owner_id = %1$L limit %2$s)', me, entries)) stat
    WHERE length(stat.word) BETWEEN characters_min AND characters_max;
END
$$;--> statement-breakpoint

-- Which of these words the transaction's actor has never used, nor has in a document.
CREATE FUNCTION list_missing_words(words jsonb) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET jit = off AS $$
DECLARE
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  word text;
  is_known boolean;
BEGIN
  IF me IS NULL THEN RETURN; END IF;
  FOR word IN SELECT jsonb_array_elements_text(words) LOOP
    -- Planned for each: what is not known beforehand would not be looked for in the index.
    EXECUTE 'select exists (select from public.search_entries where owner_id = $1 and lexemes @@ $2)
      or exists (select from public.passages where owner_id = $1 and lexemes @@ $2)'
      INTO is_known USING me, quote_literal(word)::tsquery;
    IF NOT is_known THEN RETURN NEXT word; END IF;
  END LOOP;
END
$$;--> statement-breakpoint

-- They become another role's, which the owner of the tables must first be able to take, and which must for that moment be able to create.
DO $$
DECLARE
  signature text;
  is_member boolean := pg_has_role(current_user, 'assistant_search', 'MEMBER');
BEGIN
  IF NOT is_member THEN
    EXECUTE format('GRANT assistant_search TO %I', current_user);
  END IF;
  GRANT CREATE ON SCHEMA public TO assistant_search;
  FOREACH signature IN ARRAY ARRAY[
    'write_search_entries(jsonb, boolean)',
    'search_history(tsquery, tsquery, tsquery, tsquery, timestamptz, timestamptz, boolean, boolean, text[], uuid, integer, boolean, timestamptz, float8, timestamptz, text, integer, integer)',
    'has_longer_history(integer)',
    'list_history_words(integer, integer, integer)',
    'list_missing_words(jsonb)'
  ] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO assistant_member', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO assistant_search', signature);
  END LOOP;
  REVOKE CREATE ON SCHEMA public FROM assistant_search;
  IF NOT is_member THEN
    EXECUTE format('REVOKE assistant_search FROM %I', current_user);
  END IF;
END
$$;
