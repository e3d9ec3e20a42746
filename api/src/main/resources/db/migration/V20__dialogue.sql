-- Reports of residents to the police and what is said about them; news of the police; webhooks; how long things are kept.

create schema dialogue;
grant usage on schema dialogue to ${application};

-- A report. Of a named one the account stands here. Of an anonymous one there is only a keyed token of the account, whose
-- key is outside the database; the role of requests can compare it with the one it asks with, and cannot read it.
create table dialogue.report (
  id uuid primary key,
  community text not null,
  category text not null check (category in ('NOISE', 'SUSPICIOUS', 'TRAFFIC', 'FIRE_SAFETY', 'FRAUD', 'OTHER')),
  place text not null,
  text bytea not null,
  account uuid references identity.account on delete set null,
  reporter_token bytea,
  -- What the police call an anonymous reporter; another one in every report.
  pseudonym text not null,
  state text not null default 'RECEIVED' check (state in ('RECEIVED', 'ASSIGNED', 'ANSWERED', 'CLOSED')),
  officer uuid references identity.account,
  at timestamptz not null,
  state_at timestamptz not null,
  check ((pseudonym = '') = (reporter_token is null))
);
create index on dialogue.report (community, at desc, id desc);
create index on dialogue.report (account, at desc) where account is not null;
create index on dialogue.report (reporter_token, at desc) where reporter_token is not null;

create table dialogue.message (
  id uuid primary key,
  report uuid not null references dialogue.report on delete cascade,
  sender text not null check (sender in ('REPORTER', 'POLICE')),
  text bytea not null,
  at timestamptz not null,
  read_at timestamptz
);
create index on dialogue.message (report, at, id);

-- How many reports somebody made on a day, under a token that is another one every day.
create table dialogue.report_count (
  token bytea not null,
  day date not null,
  reports int not null,
  primary key (token, day)
);

-- News of the police for communities: drafted by one, published by another.
create table dialogue.news (
  id uuid primary key,
  version int not null,
  communities text[] not null check (cardinality(communities) > 0),
  title_zh text not null,
  title_en text not null,
  body_zh text not null,
  body_en text not null,
  publish_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null default 'DRAFT' check (state in ('DRAFT', 'PUBLISHED', 'WITHDRAWN')),
  drafted_by uuid not null references identity.account,
  published_by uuid references identity.account,
  withdrawn_for text not null default '',
  changed_at timestamptz not null,
  check (expires_at > publish_at),
  check (drafted_by <> published_by)
);
create index on dialogue.news (publish_at desc, id desc);

-- Who got a piece of news in a list, and who opened it. Nobody reads this but by counting.
create table dialogue.news_receipt (
  news uuid not null references dialogue.news on delete cascade,
  account uuid not null references identity.account on delete cascade,
  listed_at timestamptz not null,
  opened_at timestamptz,
  primary key (news, account)
);

create schema webhook;
grant usage on schema webhook to ${application};

create table webhook.subscription (
  id uuid primary key,
  version int not null,
  audience text not null check (audience in ('PROPERTY', 'OPERATIONS')),
  communities text[] not null check (cardinality(communities) > 0),
  types text[] not null,
  -- None: of every model.
  models text[] not null,
  url text not null,
  secret bytea not null,
  previous_secret bytea,
  previous_until timestamptz,
  created_by uuid not null references identity.account,
  created_at timestamptz not null,
  failing_since timestamptz,
  disabled_at timestamptz
);

-- What is to be sent, what was sent, and how it went.
create table webhook.delivery (
  id uuid primary key,
  subscription uuid not null references webhook.subscription on delete cascade,
  message uuid,
  type text not null,
  payload text not null,
  created_at timestamptz not null,
  state text not null default 'WAITING' check (state in ('WAITING', 'DELIVERED', 'FAILED')),
  due_at timestamptz not null,
  give_up_at timestamptz not null,
  claimed_until timestamptz,
  attempts int not null default 0,
  -- Attempts since it was made or replayed: what the next pause depends on.
  tries int not null default 0,
  last_at timestamptz,
  last_status int,
  last_problem text,
  unique (subscription, message)
);
create index on webhook.delivery (subscription, due_at) where state = 'WAITING';
create index on webhook.delivery (subscription, created_at desc, id desc);

-- Numbers of a sequence become visible out of order; transactions do not: whatever began before the oldest one that is
-- still open has ended. Reading up to there loses nothing and skips nothing.
alter table notification.message add column transaction xid8 not null default pg_current_xact_id();
create index on notification.message (transaction, seq);
create table webhook.progress (
  only_one boolean primary key default true check (only_one),
  transaction xid8 not null,
  seq bigint not null
);
insert into webhook.progress (transaction, seq) values (pg_current_xact_id(), 9223372036854775807);

do $$
declare
  t regclass;
begin
  foreach t in array array['dialogue.report', 'dialogue.message', 'dialogue.report_count', 'dialogue.news',
      'dialogue.news_receipt', 'webhook.subscription', 'webhook.delivery', 'webhook.progress']::regclass[] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to current_user using (true)', t);
  end loop;
end
$$;

-- Reports: the police of the community, and whoever made it. For an anonymous one the transaction's account is the token.
create policy police on dialogue.report to ${application}
  using ((select wall.role()) = 'POLICE'
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])));
create policy reporter on dialogue.report to ${application}
  using ((select wall.role()) = 'RESIDENT'
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (account::text = (select wall.account()) or encode(reporter_token, 'hex') = (select wall.account())));
grant select (id, community, category, place, text, account, pseudonym, state, officer, at, state_at),
  insert (id, community, category, place, text, account, reporter_token, pseudonym, at, state_at),
  update (state, officer, state_at) on dialogue.report to ${application};
create policy of_report on dialogue.message for select to ${application}
  using (exists (select from dialogue.report r where r.id = message.report));
create policy read_by on dialogue.message for update to ${application}
  using (exists (select from dialogue.report r where r.id = message.report));
create policy said_by on dialogue.message for insert to ${application}
  with check (exists (select from dialogue.report r where r.id = message.report)
    and sender = case (select wall.role()) when 'POLICE' then 'POLICE' else 'REPORTER' end);
grant select, insert, update (read_at) on dialogue.message to ${application};
create policy own_count on dialogue.report_count to ${application}
  using (encode(token, 'hex') = (select wall.account()));
grant select, insert, update (reports) on dialogue.report_count to ${application};

-- Tells whoever made a named report that it was answered; a further answer makes the notice unread again. An anonymous
-- reporter has no notice: it would say who it was.
create function dialogue.tell_answered(answered uuid, at timestamptz) returns void
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into resident.notice (community, person, kind, about, at)
  select r.community, p.person, 'REPORT_ANSWERED', r.id::text, $2
  from dialogue.report r join identity.account_person p on p.account = r.account and p.community = r.community
  where r.id = answered and wall.role() = 'POLICE'
    and (wall.everywhere() or r.community = any (wall.communities()))
  on conflict (community, person, kind, about) do update set at = excluded.at, read_at = null
$$;

-- Somebody has the own data deleted: named reports stay for the police, and name nobody.
create function dialogue.forget(in_community text, in_account uuid) returns void
  language sql as $$
  update dialogue.report set account = null where community = in_community and account = in_account;
$$;
revoke execute on function dialogue.forget(text, uuid) from public;

create policy police on dialogue.news to ${application}
  using ((select wall.role()) = 'POLICE'
    and ((select wall.everywhere()) or communities && ((select wall.communities())::text[])))
  with check ((select wall.role()) = 'POLICE'
    and ((select wall.everywhere()) or communities <@ ((select wall.communities())::text[])));
create policy readers on dialogue.news for select to ${application}
  using ((select wall.role()) in ('RESIDENT', 'PROPERTY') and state <> 'DRAFT'
    and ((select wall.everywhere()) or communities && ((select wall.communities())::text[])));
grant select, insert, update on dialogue.news to ${application};
create policy own_receipt on dialogue.news_receipt to ${application}
  using (account::text = (select wall.account()));
grant select, insert, update (opened_at) on dialogue.news_receipt to ${application};
create function dialogue.news_count(of_news uuid) returns table (listed bigint, opened bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*), count(r.opened_at) from dialogue.news_receipt r join dialogue.news n on n.id = r.news
  where n.id = of_news and wall.role() = 'POLICE'
    and (wall.everywhere() or n.communities && wall.communities())
$$;

create policy own_audience on webhook.subscription to ${application}
  using (audience = (select wall.role())
    and ((select wall.everywhere()) or communities <@ ((select wall.communities())::text[])));
grant select, insert, update, delete on webhook.subscription to ${application};
create policy of_subscription on webhook.delivery to ${application}
  using (exists (select from webhook.subscription s where s.id = delivery.subscription));
grant select, insert, update (state, due_at, give_up_at, tries) on webhook.delivery to ${application};

-- What is counted of events whose own time is over: how many, and of nobody. A count of fewer than five is not shown.
create table event.hourly (
  hour timestamptz not null,
  community text not null,
  place text not null,
  kind text not null,
  outcome text not null,
  events bigint not null,
  primary key (community, hour, place, kind, outcome)
);

create schema retention;
grant usage on schema retention to ${application};
create table retention.run (
  id bigint generated always as identity primary key,
  class text not null,
  cut_off timestamptz not null,
  rows bigint not null,
  kept bigint not null,
  at timestamptz not null
);
create index on retention.run (at desc, id desc);

-- Up to where entries of a chain were deleted when their time was over, and the seal of the last one.
create table audit.checkpoint (
  chain text primary key,
  last_id bigint not null,
  last_hash bytea not null,
  entries bigint not null,
  at timestamptz not null
);

-- The heads of all chains once a day. The hash also stands in the log, outside of this database: whoever changes both the
-- entries and the anchors does not change that.
create table audit.anchor (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  chains int not null,
  hash bytea not null
);
create table audit.anchored_head (
  anchor bigint not null references audit.anchor,
  chain text not null,
  entry bigint not null,
  entry_hash bytea not null,
  primary key (anchor, chain)
);

do $$
declare
  t regclass;
begin
  foreach t in array array['event.hourly', 'retention.run', 'audit.checkpoint', 'audit.anchor',
      'audit.anchored_head']::regclass[] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to current_user using (true)', t);
  end loop;
end
$$;
create policy large_counts on event.hourly for select to ${application}
  using (events >= 5
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (select wall.role()) in ('POLICE', 'PROPERTY', 'OPERATIONS'));
grant select on event.hourly to ${application};
create policy overseers on retention.run for select to ${application}
  using ((select wall.role()) in ('AUDITOR', 'OPERATIONS'));
grant select on retention.run to ${application};
create policy overseers on audit.anchor for select to ${application}
  using ((select wall.role()) = 'AUDITOR');
-- The auditor's check of the log needs the seal that a deleted beginning left.
create policy auditors_read on audit.checkpoint for select to ${application}
  using ((select wall.role()) = 'AUDITOR' and (select wall.everywhere()));
grant select on audit.checkpoint to ${application};
grant select on audit.anchor to ${application};

-- What may never change once written; only what keeps time deletes, and says so for its own transaction. The role of
-- requests has no right to delete, whatever it says.
create or replace function wall.refuse_change() returns trigger
  language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('gatehouse.retention', true) = 'on' then
    return null;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create or replace function audit.seal() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7233002, hashtext(new.chain));
  new.id := nextval('audit.entry_id');
  new.at := clock_timestamp();
  select e.hash into new.previous_hash from audit.entry e where e.chain = new.chain order by e.id desc limit 1;
  if new.previous_hash is null then
    select c.last_hash into new.previous_hash from audit.checkpoint c where c.chain = new.chain;
  end if;
  new.previous_hash := coalesce(new.previous_hash, '\x'::bytea);
  new.hash := audit.hash_of(new);
  return new;
end
$$;

create or replace function audit.broken() returns setof bigint
  language sql stable
begin atomic
  select e.id from (
    select a as entry, a.id,
      coalesce(lag(a.hash) over (partition by a.chain order by a.id), c.last_hash, '\x'::bytea) as expected
    from audit.entry a left join audit.checkpoint c on c.chain = a.chain) e
  where (e.entry).previous_hash <> e.expected or (e.entry).hash <> audit.hash_of(e.entry)
  order by e.id;
end;

-- Deletes the beginning of each chain, up to the first entry that is young enough, and leaves the seal of the last one
-- deleted, so that what follows can still be checked. Less than half a year is never deleted.
create function audit.delete_before(cut_off timestamptz, done_at timestamptz) returns bigint
  language plpgsql as $$
declare
  trimmed record;
  gone bigint;
  total bigint := 0;
begin
  if cut_off > done_at - interval '183 days' then
    raise exception 'the audit log is kept for half a year at least' using errcode = 'check_violation';
  end if;
  perform set_config('gatehouse.retention', 'on', true);
  for trimmed in
    select e.chain, max(e.id) as last_id from audit.entry e
    where e.id < coalesce(
      (select min(y.id) from audit.entry y where y.chain = e.chain and y.at >= cut_off), 9223372036854775807)
    group by e.chain order by e.chain
  loop
    perform pg_advisory_xact_lock(7233002, hashtext(trimmed.chain));
    insert into audit.checkpoint as c (chain, last_id, last_hash, entries, at)
      select e.chain, e.id, e.hash, 0, done_at from audit.entry e where e.id = trimmed.last_id
      on conflict (chain) do update set last_id = excluded.last_id, last_hash = excluded.last_hash, at = excluded.at;
    delete from audit.entry e where e.chain = trimmed.chain and e.id <= trimmed.last_id;
    get diagnostics gone = row_count;
    update audit.checkpoint c set entries = c.entries + gone where c.chain = trimmed.chain;
    total := total + gone;
  end loop;
  perform set_config('gatehouse.retention', '', true);
  return total;
end
$$;

-- What an anchor says of its heads.
create function audit.hash_of_heads(of_anchor bigint) returns bytea
  language sql stable
  return (
    select sha256(convert_to(coalesce(
      jsonb_agg(jsonb_build_array(h.chain, h.entry, encode(h.entry_hash, 'hex')) order by h.chain collate "C")::text,
      '[]'), 'UTF8'))
    from audit.anchored_head h where h.anchor = of_anchor);

create function audit.make_anchor(made_at timestamptz) returns audit.anchor
  language plpgsql as $$
declare
  made audit.anchor;
begin
  insert into audit.anchor (at, chains, hash) values (made_at, 0, '') returning * into made;
  insert into audit.anchored_head
    select distinct on (e.chain) made.id, e.chain, e.id, e.hash from audit.entry e order by e.chain, e.id desc;
  get diagnostics made.chains = row_count;
  made.hash := audit.hash_of_heads(made.id);
  update audit.anchor a set chains = made.chains, hash = made.hash where a.id = made.id;
  return made;
end
$$;

-- Anchors that do not fit the entries: a head they name is gone, though it was not too old, or is another one now.
create function audit.broken_anchors() returns setof bigint
  language sql stable
begin atomic
  select a.id from audit.anchor a
  where a.hash <> audit.hash_of_heads(a.id)
    or exists (
      select from audit.anchored_head h
      left join audit.entry e on e.id = h.entry and e.chain = h.chain
      left join audit.checkpoint c on c.chain = h.chain
      where h.anchor = a.id and e.hash is distinct from h.entry_hash
        and not (e.id is null and h.entry <= coalesce(c.last_id, -1)
          and (h.entry < c.last_id or h.entry_hash = c.last_hash)))
  order by a.id;
end;

-- Counts the events of a day and drops the day. The default partition, of events with times of their own, is emptied in
-- pieces; so are the reads of plates nobody knows.
create function event.drop_day(name text) returns bigint
  language plpgsql as $$
declare
  gone bigint;
begin
  execute format('lock table event.%I in access exclusive mode', name);
  execute format(
    'insert into event.hourly as h
       select date_trunc(''hour'', l.time, ''UTC''), l.community, l.place, l.kind, l.outcome, count(*)
       from event.%I l group by 1, 2, 3, 4, 5
     on conflict (community, hour, place, kind, outcome) do update set events = h.events + excluded.events', name);
  execute format('select count(*) from event.%I', name) into gone;
  execute format('drop table event.%I', name);
  return gone;
end
$$;

-- The first partition of a day that ended before a time; null if there is none.
create function event.first_day_before(cut_off timestamptz) returns text
  language sql stable
  return (
    select c.relname::text from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'event.log'::regclass and c.relname ~ '^log_[0-9]{8}$'
      and (to_date(substr(c.relname, 5), 'YYYYMMDD') + 1)::timestamp at time zone 'UTC' <= cut_off
    order by 1 limit 1);

-- Deletes alerts that were done with before a time, with what was said of them. One that something else still names, such
-- as a case, stays as long as that does.
create function alert.delete_done(cut_off timestamptz, skip int, most int) returns table (gone bigint, kept bigint)
  language plpgsql as $$
declare
  done uuid;
begin
  gone := 0;
  kept := 0;
  perform set_config('gatehouse.retention', 'on', true);
  for done in
    select a.id from alert.alert a
    where (a.state <> 'OPEN' or a.handling = 'RESOLVED')
      and greatest(a.received_at, a.last_event_time, a.acknowledged_at) < cut_off
      and not exists (select from alert.history h where h.alert = a.id and h.at >= cut_off)
    order by a.received_at, a.id offset skip limit most
  loop
    begin
      delete from notification.message m where m.alert = done;
      delete from notification.step s where s.alert = done;
      delete from notification.verdict v where v.alert = done;
      delete from alert.history h where h.alert = done;
      delete from alert.alert a where a.id = done;
      gone := gone + 1;
    exception when foreign_key_violation then
      kept := kept + 1;
    end;
  end loop;
  perform set_config('gatehouse.retention', '', true);
  return next;
end
$$;
revoke execute on function audit.delete_before(timestamptz, timestamptz), audit.make_anchor(timestamptz),
  event.drop_day(text), event.first_day_before(timestamptz),
  alert.delete_done(timestamptz, int, int) from public;
