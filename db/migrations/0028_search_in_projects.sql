GRANT SELECT ("project_id") ON "conversations" TO assistant_search;--> statement-breakpoint

-- What holds the words, the best or the latest first: messages, titles (message_id is null), and passages of documents (document_id).
--   asked         what must hold in a message or a title; null: only titles, by the filters
--   whole         those of the words that are typed to their end, when others are not: they alone go to the index
--   excluded      what titles must not hold, when nothing is asked
--   in_documents  what must hold in a passage; null: no passage is looked at
--   latest        look only among so many messages, the latest, and as many titles
--   after_*       the last of the page before
--   project_ids   look only in the conversations of these projects; last, and null by itself, for whoever asks as before
CREATE FUNCTION search_history(
  asked tsquery, whole tsquery, in_documents tsquery, excluded tsquery, since timestamptz, until timestamptz, with_file boolean, with_web boolean,
  model_labels text[], in_conversation uuid, latest integer, is_by_date boolean, as_of timestamptz,
  after_score float8, after_at timestamptz, after_key text, wanted integer, counted_max integer,
  project_ids uuid[] DEFAULT NULL
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
        and ($20 is null or exists (
          select from public.conversations kept where kept.id = matching.conversation_id and kept.project_id = any ($20)))
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
    after_score, after_at, after_key, wanted, counted_max, excluded, project_ids;
END
$$;--> statement-breakpoint

-- It takes the place of the former one, and becomes the same role's, as in 0018.
DO $$
DECLARE
  types text := 'tsquery, tsquery, tsquery, tsquery, timestamptz, timestamptz, boolean, boolean, text[], uuid, integer, boolean, timestamptz, float8, timestamptz, text, integer, integer';
  is_member boolean := pg_has_role(current_user, 'assistant_search', 'MEMBER');
BEGIN
  IF NOT is_member THEN
    EXECUTE format('GRANT assistant_search TO %I', current_user);
  END IF;
  GRANT CREATE ON SCHEMA public TO assistant_search;
  EXECUTE format('DROP FUNCTION search_history(%s)', types);
  EXECUTE format('REVOKE ALL ON FUNCTION search_history(%s, uuid[]) FROM PUBLIC', types);
  EXECUTE format('GRANT EXECUTE ON FUNCTION search_history(%s, uuid[]) TO assistant_member', types);
  EXECUTE format('ALTER FUNCTION search_history(%s, uuid[]) OWNER TO assistant_search', types);
  REVOKE CREATE ON SCHEMA public FROM assistant_search;
  IF NOT is_member THEN
    EXECUTE format('REVOKE assistant_search FROM %I', current_user);
  END IF;
END
$$;
