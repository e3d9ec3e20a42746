create schema door;
grant usage on schema door to ${application};

create table door.command (
  id uuid primary key,
  account uuid not null references identity.account,
  idempotency_key text not null check (length(idempotency_key) between 1 and 128),
  community text not null,
  door text not null,
  nonce text not null,
  issued_at timestamptz not null,
  not_after timestamptz not null,
  -- Set before the first byte goes out: without it the command was certainly never sent.
  publish_started_at timestamptz,
  state text not null check (state in ('REQUESTED', 'AUTHORISED', 'SENT', 'DEVICE_ACK', 'RELEASED', 'OPENED',
    'RELOCKED', 'DENIED', 'DOOR_OFFLINE', 'EXPIRED', 'UNKNOWN')),
  state_at timestamptz not null,
  reason text,
  -- The door's clock minus ours, as its first answer showed it.
  clock_offset_millis bigint,
  unique (account, idempotency_key),
  unique (nonce)
);
create index on door.command (account, issued_at desc);
create index on door.command (not_after) where state in ('REQUESTED', 'AUTHORISED', 'SENT', 'DEVICE_ACK');

create table door.transition (
  command uuid not null references door.command,
  state text not null,
  at timestamptz not null,
  seq bigint generated always as identity,
  primary key (command, state)
);

create table door.lockdown (
  id uuid primary key default gen_random_uuid(),
  level text not null check (level in ('ORGANISATION', 'COMMUNITY', 'DOOR')),
  community text,
  door text,
  reason text not null,
  set_by text not null,
  set_by_role text not null,
  set_at timestamptz not null default now(),
  lifted_by text,
  lifted_at timestamptz,
  check (case level
    when 'ORGANISATION' then community is null and door is null
    when 'COMMUNITY' then community is not null and door is null
    else community is not null and door is not null end)
);
create unique index on door.lockdown (level, coalesce(community, ''), coalesce(door, '')) where lifted_at is null;

alter table door.command enable row level security;
alter table door.command force row level security;
alter table door.transition enable row level security;
alter table door.transition force row level security;
alter table door.lockdown enable row level security;
alter table door.lockdown force row level security;
create policy owner_all on door.command to current_user using (true);
create policy owner_all on door.transition to current_user using (true);
create policy owner_all on door.lockdown to current_user using (true);

-- A person sees the own commands; the part that hears the doors (DOORS) those of the community it speaks for.
create policy own_commands on door.command to ${application}
  using (
    ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and ((select wall.role()) = 'DOORS' or account::text = (select wall.account())));
create policy own_commands on door.transition to ${application}
  using (exists (select from door.command c where c.id = command));
create policy own_communities on door.lockdown to ${application}
  using ((select wall.everywhere()) or community is null or community = any ((select wall.communities())::text[]));
grant select, insert, update on door.command to ${application};
grant select, insert on door.transition to ${application};
grant select, insert, update (lifted_by, lifted_at) on door.lockdown to ${application};

create function door.tell_change() returns trigger
  language plpgsql as $$
begin
  perform pg_notify('gatehouse_door', new.id::text);
  return new;
end
$$;
create trigger tell_change after insert or update on door.command
  for each row execute function door.tell_change();
