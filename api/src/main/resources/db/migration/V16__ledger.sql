-- Which credential opens which door: what the registry wants on a terminal's list, what was sent, and what a read-back of
-- the list has proved. An entry is the JSON of gatehouse.credential.CredentialEntry; null is "not on the list".
create schema ledger;
grant usage on schema ledger to ${application};

-- What was recorded or moved and has not been looked at: written by the transaction that did it.
create table ledger.touched (
  seq bigint generated always as identity primary key,
  community text not null,
  kind text not null,
  thing text not null
);

-- When a credential opens or ceases to open something though nothing is recorded.
create table ledger.credential (
  community text not null,
  credential text not null,
  next_change_at timestamptz not null,
  primary key (community, credential)
);
create index on ledger.credential (next_change_at);

-- Codes of PINs and passes, sealed.
create table ledger.code (
  community text not null,
  credential text not null,
  sealed bytea not null,
  primary key (community, credential)
);

create table ledger.device (
  community text not null,
  device text not null,
  place text not null,
  -- Whether it is there and keeps a list.
  listed boolean not null,
  -- Of the digests of codes on its list.
  salt text not null,
  -- Of its list, as it said last; and the highest that was ever given out.
  revision bigint not null default 0,
  issued bigint not null default 0,
  online boolean not null default true,
  next_at timestamptz not null,
  -- The last read-back of the whole list, and when the next is due.
  read_at timestamptz,
  read_due_at timestamptz not null,
  -- In a read-back by pages: the last credential of the page that came; empty at the start, null if there is none.
  reading text,
  -- The one command that is under way.
  command uuid,
  command_action text,
  command_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  drifts bigint not null default 0,
  primary key (community, device),
  check ((command is null) = (command_until is null))
);
create index on ledger.device (next_at) where listed;

create table ledger.page (
  community text not null,
  device text not null,
  credential text not null,
  entry text not null,
  primary key (community, device, credential),
  foreign key (community, device) references ledger.device
);

create table ledger.entry (
  community text not null,
  device text not null,
  credential text not null,
  desired text,
  sent text,
  confirmed text,
  state text not null check (state in ('PENDING', 'SENT', 'CONFIRMED', 'DRIFT')),
  since timestamptz not null,
  sent_at timestamptz,
  sent_revision bigint,
  -- Which read-back proved it as it is.
  proved_at timestamptz,
  proved_revision bigint,
  attempts integer not null default 0,
  last_error text,
  drifts integer not null default 0,
  primary key (community, device, credential),
  foreign key (community, device) references ledger.device
);
create index on ledger.entry (community, credential);
create index on ledger.entry (since desc);
create index on ledger.entry (community, device) where state <> 'CONFIRMED';

-- Who asked for a read-back under which key.
create table ledger.read_request (
  account uuid not null references identity.account,
  idempotency_key text not null check (length(idempotency_key) between 1 and 128),
  community text not null,
  device text not null,
  at timestamptz not null,
  primary key (account, idempotency_key)
);

do $$
declare
  t regclass;
begin
  foreach t in array array['ledger.touched', 'ledger.credential', 'ledger.code', 'ledger.device', 'ledger.page',
      'ledger.entry', 'ledger.read_request']::regclass[] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to current_user using (true)', t);
  end loop;
end
$$;

-- The second wall. Property and operations: their communities. A code is given by who can see what it belongs to, and
-- read by nobody.
create policy keepers_read on ledger.entry for select to ${application}
  using (((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (select wall.role()) in ('PROPERTY', 'OPERATIONS'));
create policy keepers_read on ledger.device for select to ${application}
  using (((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (select wall.role()) in ('PROPERTY', 'OPERATIONS'));
create policy keepers_ask on ledger.device for update to ${application}
  using (((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (select wall.role()) in ('PROPERTY', 'OPERATIONS'));
create policy own_requests on ledger.read_request to ${application}
  using (account::text = (select wall.account())
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])));
create policy issuers on ledger.code to ${application}
  using (exists (
    select from site.registry_entry e
    where e.community = code.community and e.thing = code.credential and e.kind in ('credential', 'visitor-pass')));
grant select on ledger.entry to ${application};
grant select (community, device, place, listed, revision, online, next_at, read_at, read_due_at, reading, command,
  attempts, last_error, drifts) on ledger.device to ${application};
grant update (read_due_at, reading, next_at) on ledger.device to ${application};
grant select, insert on ledger.read_request to ${application};
grant select (community, credential), insert, update (sealed) on ledger.code to ${application};

create function ledger.touch() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into ledger.touched (community, kind, thing) values (new.community, new.kind, new.thing);
  return null;
end
$$;
create trigger touch_ledger after insert on site.registry_entry
  for each row when (new.kind in ('credential', 'lease', 'visitor-pass')) execute function ledger.touch();
create trigger touch_ledger_again after update on site.registry_entry
  for each row when (new.kind in ('credential', 'lease', 'visitor-pass')
    and (old.detail::text, old.valid_from, old.valid_to) is distinct from
      (new.detail::text, new.valid_from, new.valid_to))
  execute function ledger.touch();

create function ledger.touch_code() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into ledger.touched (community, kind, thing) values (new.community, 'credential', new.credential);
  return null;
end
$$;
create trigger touch_ledger after insert or update on ledger.code
  for each row execute function ledger.touch_code();

create function ledger.touch_device() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into ledger.touched (community, kind, thing) values (new.community, 'device', new.id);
  return null;
end
$$;
create trigger touch_ledger after insert on site.device
  for each row execute function ledger.touch_device();
create trigger touch_ledger_again after update on site.device
  for each row when ((old.place, old.kind, old.active) is distinct from (new.place, new.kind, new.active))
  execute function ledger.touch_device();

create function ledger.touch_place() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into ledger.touched (community, kind, thing)
  select community, 'device', id from site.device where community = new.community and place = new.id;
  return null;
end
$$;
create trigger touch_ledger after insert on site.place
  for each row execute function ledger.touch_place();
create trigger touch_ledger_again after update on site.place
  for each row when ((old.detail -> 'place' -> 'rules')::text is distinct from (new.detail -> 'place' -> 'rules')::text)
  execute function ledger.touch_place();

-- Everything that is there already.
insert into ledger.touched (community, kind, thing) select community, 'device', id from site.device;
