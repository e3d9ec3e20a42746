-- What the property company works with: devices, passes of its own, permits, work orders, reports, exports.

-- How many messages, and how many passages, a device reported in an hour (UTC) of event time. Counts only: operations
-- may see them, and no report reads the event store.
create table event.device_hour (
  community text not null,
  device text not null,
  hour timestamptz not null,
  messages bigint not null,
  reads bigint not null,
  primary key (community, device, hour)
);

-- What each device last said of itself.
create table site.device_status (
  community text not null,
  device text not null,
  state text not null,
  firmware text not null,
  clock_offset_millis double precision,
  at timestamptz not null,
  primary key (community, device)
);

-- What each sensor last reported of each quantity.
create table site.sensor_state (
  community text not null,
  device text not null,
  kind text not null,
  value double precision not null,
  unit text not null,
  alarm boolean not null,
  at timestamptz not null,
  primary key (community, device, kind)
);

-- What is wrong with devices, by the alerts that go to operations: whoever works at the door may know it too. Nothing in
-- it is about a person.
create function alert.device_trouble()
  returns table (community text, device text, code text, clock_offset_seconds text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.community, s.device, a.detail #>> '{explanation,code}', a.detail #>> '{explanation,values,offset}'
  from alert.alert a cross join lateral unnest(a.subjects) as s (device)
  where a.model = 'device-health' and a.state = 'OPEN'
    and wall.role() in ('POLICE', 'PROPERTY', 'OPERATIONS')
    and (wall.everywhere() or a.community = any (wall.communities()))
$$;

-- A command says what is to be done, in which capacity it was asked for and why, and how long the door is to stay free.
alter table door.command
  add column action text not null default 'OPEN' check (action in ('OPEN', 'HOLD', 'LOCK')),
  add column capacity text not null default 'USER' check (capacity in ('USER', 'ADMIN')),
  add column purpose text not null default '',
  add column hold_until timestamptz,
  add constraint command_hold_check check ((action = 'HOLD') = (hold_until is not null)),
  add constraint command_admin_check check (capacity = 'USER' or purpose <> '');
create index on door.command (community, door, hold_until) where action = 'HOLD';

-- What somebody does on duty is the property's own: its staff see it.
create policy on_duty on door.command for select to ${application}
  using ((select wall.role()) = 'PROPERTY' and capacity = 'ADMIN'
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])));

create schema property;
grant usage on schema property to ${application};

-- Passes that the property gives: contractors and deliveries. What opens them stands with the residents' passes.
create table property.pass (
  community text not null,
  pass text not null,
  kind text not null check (kind in ('CONTRACTOR', 'DELIVERY')),
  company text not null,
  responsible text not null,
  given_by text not null,
  given_at timestamptz not null,
  primary key (community, pass)
);

-- What needs two persons: one asks, another decides.
create table property.approval (
  id uuid primary key,
  community text not null,
  kind text not null check (kind in ('PERMIT', 'EXPORT')),
  wish jsonb not null,
  reason text not null,
  asked_by uuid not null references identity.account,
  asked_by_name text not null,
  asked_at timestamptz not null,
  decision text check (decision in ('APPROVED', 'REJECTED')),
  decided_by uuid references identity.account,
  decided_by_name text,
  decided_at timestamptz,
  note text not null default '',
  check (decided_by <> asked_by),
  check (num_nulls(decision, decided_by, decided_by_name, decided_at) in (0, 4))
);
create index on property.approval (community, kind, asked_at desc);
create index on property.approval (asked_by, kind, asked_at);

-- Each file that somebody took away, with or without an approval.
create table property.export_file (
  id uuid primary key,
  community text not null,
  account uuid not null references identity.account,
  approval uuid references property.approval,
  what text not null,
  at timestamptz not null
);
create index on property.export_file (account, at);
create index on property.export_file (approval);

create table property.work_order (
  id uuid primary key,
  community text not null,
  version int not null,
  kind text not null check (kind in ('REPAIR', 'PATROL', 'FIRE_TEST', 'OTHER')),
  state text not null check (state in ('OPEN', 'IN_PROGRESS', 'DONE', 'CANCELLED')),
  title text not null,
  place text,
  device text,
  alert uuid references alert.alert,
  assignee text,
  due timestamptz,
  -- The maintenance window that lasts as long as the work.
  silence uuid references notification.silence,
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index on property.work_order (community, state, due);
create index on property.work_order (alert);

create table property.work_order_step (
  work_order uuid not null references property.work_order,
  version int not null,
  community text not null,
  at timestamptz not null,
  who text not null,
  state text not null,
  note text not null,
  primary key (work_order, version)
);
create trigger append_only before update or delete or truncate on property.work_order_step
  for each statement execute function wall.refuse_change();

do $$
declare
  t regclass;
begin
  foreach t in array array['event.device_hour', 'site.device_status', 'site.sensor_state', 'property.pass', 'property.approval',
      'property.export_file', 'property.work_order', 'property.work_order_step']::regclass[] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to current_user using (true)', t);
  end loop;
end
$$;
create policy own_communities on event.device_hour for select to ${application}
  using ((select wall.role()) in ('POLICE', 'PROPERTY', 'OPERATIONS')
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])));
create policy own_communities on site.device_status for select to ${application}
  using ((select wall.role()) in ('POLICE', 'PROPERTY', 'OPERATIONS')
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])));
create policy own_communities on site.sensor_state for select to ${application}
  using ((select wall.role()) in ('POLICE', 'PROPERTY')
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])));
create policy property_only on property.pass to ${application}
  using ((select wall.role()) = 'PROPERTY'
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])));
create policy property_only on property.work_order to ${application}
  using ((select wall.role()) = 'PROPERTY'
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])));
create policy property_only on property.work_order_step to ${application}
  using ((select wall.role()) = 'PROPERTY'
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])));
-- Whoever asks asks in the own name, and whoever decides decides in the own name.
create policy property_reads on property.approval for select to ${application}
  using ((select wall.role()) = 'PROPERTY'
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])));
create policy property_asks on property.approval for insert to ${application}
  with check ((select wall.role()) = 'PROPERTY' and decision is null
    and asked_by::text = (select wall.account())
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])));
create policy another_decides on property.approval for update to ${application}
  using ((select wall.role()) = 'PROPERTY' and decision is null
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])))
  with check (decided_by::text = (select wall.account()));
create policy own_files on property.export_file to ${application}
  using (account::text = (select wall.account()));
grant select on event.device_hour, site.device_status, site.sensor_state to ${application};
grant select, insert on property.pass, property.export_file, property.work_order_step to ${application};
grant select, insert (id, community, kind, wish, reason, asked_by, asked_by_name, asked_at),
  update (decision, decided_by, decided_by_name, decided_at, note) on property.approval to ${application};
grant select, insert,
  update (version, kind, state, title, place, device, assignee, due, silence, changed_at)
  on property.work_order to ${application};

-- The property sees what opens the passes that it gave, and nothing of a resident's guests.
create policy of_the_property on resident.pass_secret to ${application}
  using ((select wall.role()) = 'PROPERTY' and exists (
    select from property.pass p where p.community = pass_secret.community and p.pass = pass_secret.pass))
  with check ((select wall.role()) = 'PROPERTY' and host_account::text = (select wall.account()) and exists (
    select from property.pass p where p.community = pass_secret.community and p.pass = pass_secret.pass));
