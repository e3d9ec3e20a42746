-- Cases (案件) and what the police may do only inside one. The API checks first; the policies here are the second wall and
-- ask the tables themselves who somebody is: what a transaction says of itself can only take rights away.
create schema police;
grant usage on schema police to ${application};

-- Opened by one, in force when a supervisor who did not open it approves. Scope: places, from opens until before ends.
create table police.case_file (
  id uuid primary key,
  number text not null unique,
  legal_basis text not null,
  purpose text not null,
  opens timestamptz not null,
  ends timestamptz not null,
  opened_by uuid not null references identity.account,
  opened_at timestamptz not null,
  expires_at timestamptz not null,
  closed_by uuid references identity.account,
  closed_at timestamptz,
  version int not null default 1,
  check (opens < ends)
);
create index on police.case_file (opened_at desc, id desc);

-- An empty place stands for the whole community.
create table police.area (
  case_file uuid not null references police.case_file,
  community text not null,
  place text not null default '',
  primary key (case_file, community, place)
);

create table police.member (
  case_file uuid not null references police.case_file,
  account uuid not null references identity.account,
  since timestamptz not null,
  primary key (case_file, account)
);
create index on police.member (account);

-- Who said yes to what. Whoever asked never counts.
create table police.approval (
  deed text not null check (deed in ('CASE', 'WATCH_ORDER', 'LOOK_UP', 'EXPORT')),
  thing uuid not null,
  case_file uuid not null references police.case_file,
  account uuid not null references identity.account,
  supervisor boolean not null,
  at timestamptz not null,
  primary key (deed, thing, account)
);

create table police.attachment (
  case_file uuid not null references police.case_file,
  alert uuid not null references alert.alert,
  account uuid not null references identity.account,
  at timestamptz not null,
  primary key (case_file, alert)
);

create table police.note (
  id uuid primary key,
  case_file uuid not null references police.case_file,
  account uuid not null references identity.account,
  text bytea not null,
  at timestamptz not null
);
create index on police.note (case_file, at);

-- What was asked; the answer is read anew whenever it is shown.
create table police.look_up (
  id uuid primary key,
  case_file uuid not null references police.case_file,
  account uuid not null references identity.account,
  question jsonb not null,
  at timestamptz not null
);
create index on police.look_up (case_file, at);

create table police.export (
  id uuid primary key,
  case_file uuid not null references police.case_file,
  account uuid not null references identity.account,
  reason text not null,
  at timestamptz not null
);
create index on police.export (case_file, at);

create table police.watch_order (
  id uuid primary key,
  case_file uuid not null references police.case_file,
  subject_type text not null check (subject_type in ('plate', 'credential')),
  subject text not null check (subject <> ''),
  legal_basis text not null check (legal_basis <> ''),
  communities text[] not null check (cardinality(communities) between 1 and 16),
  account uuid not null references identity.account,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  effective_at timestamptz,
  withdrawn_at timestamptz,
  version int not null default 1,
  check (expires_at > asked_at and expires_at <= asked_at + interval '30 days')
);
create index on police.watch_order (asked_at desc, id desc);
create index on police.watch_order (case_file);

-- Everything that was done in a case, for its chain of custody.
create table police.history (
  case_file uuid not null references police.case_file,
  seq bigint generated always as identity,
  account uuid not null references identity.account,
  at timestamptz not null,
  action text not null,
  object text not null,
  detail text not null,
  primary key (case_file, seq)
);
create trigger append_only before update or delete or truncate on police.history
  for each statement execute function wall.refuse_change();

-- What a shift leaves to the next one, and who has read it.
create table police.hand_over (
  id uuid primary key,
  communities text[] not null,
  account uuid not null references identity.account,
  text bytea not null,
  at timestamptz not null
);
create index on police.hand_over (at desc, id desc);
create table police.hand_over_work (
  hand_over uuid not null references police.hand_over,
  case_file uuid not null references police.case_file,
  waiting int not null,
  orders int not null,
  primary key (hand_over, case_file)
);
create table police.receipt (
  hand_over uuid not null references police.hand_over,
  account uuid not null references identity.account,
  at timestamptz not null,
  primary key (hand_over, account)
);

create function wall.case_file() returns text
  language sql stable parallel safe
  return coalesce(current_setting('gatehouse.case', true), '');

create function police.is_officer(account uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from identity.account a where a.id = $1 and a.enabled and a.role = 'POLICE')
$$;

-- Whether the account of this transaction is a supervisor.
create function police.supervisor() returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select wall.role() = 'POLICE' and exists (
    select from identity.account a
    where a.id::text = wall.account() and a.enabled and a.role = 'POLICE' and a.duty = 'SUPERVISOR')
$$;

create function police.is_member(case_file uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select wall.role() = 'POLICE' and exists (
    select from police.member m join identity.account a on a.id = m.account
    where m.case_file = $1 and m.account::text = wall.account() and a.enabled and a.role = 'POLICE')
$$;

-- Whether the account of this transaction supervises the district of a case: every community in its scope.
create function police.supervises(case_file uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select police.supervisor() and not exists (
    select from police.area s
    where s.case_file = $1 and not exists (
      select from identity.community_grant g
      where g.account::text = wall.account() and g.community in ('*', s.community)))
$$;

create function police.sees(case_file uuid) returns boolean
  language sql stable
  return police.is_member(case_file) or police.supervises(case_file);

create function police.approved(case_file uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from police.case_file c join police.approval a on a.deed = 'CASE' and a.thing = c.id
    where c.id = $1 and a.supervisor and a.account <> c.opened_by)
$$;

create function police.in_force(case_file uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from police.case_file c
    where c.id = $1 and c.closed_at is null and c.expires_at > now() and police.approved(c.id))
$$;

-- Whether its opener is still writing it: from the first approval on, scope and members are a supervisor's matter.
create function police.drafts(case_file uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select wall.role() = 'POLICE' and exists (
      select from police.case_file c where c.id = $1 and c.opened_by::text = wall.account())
    and not exists (select from police.approval a where a.deed = 'CASE' and a.thing = $1)
$$;

-- Where and when the case of this transaction lets its account look; nothing if it does not.
create function police.scope_in_force()
  returns table (community text, place text, opens timestamptz, ends timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.community, s.place, c.opens, c.ends
  from police.case_file c join police.area s on s.case_file = c.id
  where c.id::text = wall.case_file() and police.in_force(c.id) and police.is_member(c.id)
$$;

create function police.ordered_by(watch_order uuid) returns uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select w.account from police.watch_order w where w.id = $1
$$;

-- Whether two others approved, one of them a supervisor.
create function police.order_approved(watch_order uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*) >= 2 and bool_or(a.supervisor)
  from police.approval a
  where a.deed = 'WATCH_ORDER' and a.thing = $1 and a.account <> police.ordered_by($1)
$$;

-- Whether a version in the registry says what was asked for and approved, and no more.
create function police.may_record(thing text, detail json, valid_to timestamptz) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from police.watch_order w
    where w.id::text = $1 and police.sees(w.case_file) and police.order_approved(w.id)
      and w.subject_type = $2 ->> 'subjectType' and w.subject = $2 ->> 'subject' and $3 <= w.expires_at)
$$;

create function police.sees_order(thing text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from police.watch_order w where w.id::text = $1 and police.sees(w.case_file))
$$;

-- A case that was closed stays closed; only a supervisor gives it more time, 90 days at most.
create function police.guard_case() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if wall.role() = '' then
    return new;
  end if;
  if old.closed_at is not null
      or new.expires_at <> old.expires_at
        and not (police.supervises(new.id) and new.expires_at <= now() + interval '90 days 1 minute') then
    raise exception 'this case may not be changed so' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
create trigger guard_case before update on police.case_file
  for each row execute function police.guard_case();

do $$
declare
  t regclass;
begin
  foreach t in array array['police.case_file', 'police.area', 'police.member', 'police.approval', 'police.attachment',
      'police.note', 'police.look_up', 'police.export', 'police.watch_order', 'police.history', 'police.hand_over',
      'police.hand_over_work', 'police.receipt']::regclass[] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to current_user using (true)', t);
    execute format('grant select, insert on %s to ${application}', t);
  end loop;
  foreach t in array array['police.area', 'police.member', 'police.approval', 'police.attachment', 'police.note',
      'police.look_up', 'police.export', 'police.watch_order', 'police.history',
      'police.hand_over_work']::regclass[] loop
    execute format('create policy in_sight on %s for select to ${application} using (police.sees(case_file))', t);
  end loop;
  -- What is done in a case is done by whoever sees it, in their own name.
  foreach t in array array['police.attachment', 'police.note', 'police.history']::regclass[] loop
    execute format('create policy own_deeds on %s for insert to ${application} '
      'with check (police.sees(case_file) and account::text = (select wall.account()))', t);
  end loop;
  -- Looking and asking needs a case in force, and a member.
  foreach t in array array['police.look_up', 'police.export', 'police.watch_order']::regclass[] loop
    execute format('create policy in_force on %s for insert to ${application} '
      'with check (police.is_member(case_file) and police.in_force(case_file) '
        'and account::text = (select wall.account()))', t);
  end loop;
end
$$;

create policy in_sight on police.case_file for select to ${application} using (police.sees(id));
create policy own_deeds on police.case_file for insert to ${application}
  with check (
    (select wall.role()) = 'POLICE' and opened_by::text = (select wall.account())
    and expires_at <= now() + interval '90 days 1 minute' and closed_at is null);
create policy in_sight_change on police.case_file for update to ${application} using (police.sees(id));
create policy while_drafted on police.area for insert to ${application}
  with check (
    police.drafts(case_file)
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])));
create policy by_opener_or_supervisor on police.member for insert to ${application}
  with check (police.is_officer(account) and (police.drafts(case_file) or police.supervises(case_file)));
create policy by_supervisor on police.member for delete to ${application} using (police.supervises(case_file));
create policy own_yes on police.approval for insert to ${application}
  with check (
    police.sees(case_file) and account::text = (select wall.account()) and supervisor = (select police.supervisor()));
create policy in_sight_change on police.watch_order for update to ${application} using (police.sees(case_file));
grant update (expires_at, closed_by, closed_at, version) on police.case_file to ${application};
grant update (effective_at, withdrawn_at, version) on police.watch_order to ${application};
grant delete on police.member to ${application};

create policy same_district on police.hand_over for select to ${application}
  using (
    (select wall.role()) = 'POLICE'
    and ((select wall.everywhere()) or communities && (select wall.communities())::text[]));
create policy own_deeds on police.hand_over for insert to ${application}
  with check ((select wall.role()) = 'POLICE' and account::text = (select wall.account()));
create policy own_deeds on police.hand_over_work for insert to ${application} with check (police.sees(case_file));
create policy with_hand_over on police.receipt for select to ${application}
  using (exists (select from police.hand_over h where h.id = hand_over));
create policy own_deeds on police.receipt for insert to ${application}
  with check (
    account::text = (select wall.account()) and exists (select from police.hand_over h where h.id = hand_over));

-- Passages: the property sees those of its communities, the police those in the scope of the case they act in.
alter policy own_communities on event.log
  using (
    ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (select wall.role()) = 'PROPERTY');
create policy in_case on event.log for select to ${application}
  using (
    (select wall.role()) = 'POLICE'
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and exists (
      select from police.scope_in_force() s
      where s.community = log.community and s.place in ('', log.place)
        and log.time >= s.opens and log.time < s.ends));

-- Watch orders reach the registry only as they were approved, and show only to whoever sees their case.
create policy watch_orders_as_approved on site.registry_entry as restrictive for insert to ${application}
  with check (kind <> 'watch-order' or police.may_record(thing, detail, valid_to));
create policy watch_orders_in_sight on site.registry_entry as restrictive for select to ${application}
  using (kind <> 'watch-order' or police.sees_order(thing));

-- The audit log is read by auditors, and by nobody else.
create index on audit.entry (at);
create index on audit.entry (who, at);
create policy auditors_read on audit.entry for select to ${application}
  using (
    (select wall.role()) = 'AUDITOR'
    and ((select wall.everywhere()) or chain = any ((select wall.communities())::text[])));
grant select on audit.entry to ${application};

-- What looks like an abuse of access, one row a person, kind, subject and day (UTC).
create table audit.finding (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('OUT_OF_HOURS', 'REPEATED_SUBJECT', 'BULK', 'NEIGHBOUR', 'SELF')),
  who text not null,
  subject text not null,
  day date not null,
  times int not null,
  entry bigint not null references audit.entry,
  found_at timestamptz not null,
  unique (kind, who, subject, day)
);
create index on audit.finding (found_at desc, id desc);
alter table audit.finding enable row level security;
alter table audit.finding force row level security;
create policy owner_all on audit.finding to current_user using (true);
create policy auditors_read on audit.finding for select to ${application}
  using ((select wall.role()) = 'AUDITOR' and (select wall.everywhere()));
grant select on audit.finding to ${application};
