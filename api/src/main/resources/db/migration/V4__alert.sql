create schema alert;
grant usage on schema alert to ${application};

-- One row an alert, in its newest revision. What people did about it stands beside what the model said.
create table alert.alert (
  id uuid primary key,
  revision int not null,
  state text not null check (state in ('OPEN', 'CLOSED', 'RETRACTED')),
  model text not null,
  community text not null,
  place text not null,
  severity text not null check (severity in ('P1', 'P2', 'P3', 'P4')),
  audiences text[] not null,
  subjects text[] not null,
  first_event_time timestamptz not null,
  last_event_time timestamptz not null,
  detected_at timestamptz not null,
  received_at timestamptz not null,
  detail jsonb not null,
  handling text not null default 'NEW' check (handling in ('NEW', 'ACKNOWLEDGED', 'RESOLVED')),
  acknowledged_by text,
  acknowledged_at timestamptz,
  disposition text check (disposition in ('TRUE', 'FALSE_BENIGN', 'FALSE_DATA', 'DUPLICATE', 'TEST')),
  change bigint not null
);
create index on alert.alert (received_at desc, id desc);
create index on alert.alert (community, received_at desc, id desc);
create unique index on alert.alert (change);
create index on alert.alert (severity, community) where state = 'OPEN' and handling <> 'RESOLVED';
create index on alert.alert using gin (subjects);

create table alert.history (
  alert uuid not null references alert.alert,
  seq bigint generated always as identity,
  community text not null,
  audiences text[] not null,
  at timestamptz not null,
  who text not null,
  what text not null,
  note text,
  primary key (alert, seq)
);
create trigger append_only before update or delete or truncate on alert.history
  for each statement execute function wall.refuse_change();

-- Streams resume behind the last change they saw. So a change must never become visible behind a later one: whoever
-- changes an alert takes its number under a lock that is held until it commits.
create sequence alert.change;
create function alert.number_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7233001);
  new.change := nextval('alert.change');
  perform pg_notify('gatehouse_alert', '');
  return new;
end
$$;
create trigger number_change before insert or update on alert.alert
  for each row execute function alert.number_change();

alter table alert.alert enable row level security;
alter table alert.alert force row level security;
alter table alert.history enable row level security;
alter table alert.history force row level security;
create policy owner_all on alert.alert to current_user using (true);
create policy owner_all on alert.history to current_user using (true);
create policy routed_here on alert.alert to ${application}
  using (
    ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (select wall.role()) in ('POLICE', 'PROPERTY')
    and (select wall.role()) = any (audiences));
create policy routed_here on alert.history to ${application}
  using (
    ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (select wall.role()) in ('POLICE', 'PROPERTY')
    and (select wall.role()) = any (audiences));
grant select, update (handling, acknowledged_by, acknowledged_at, disposition) on alert.alert to ${application};
grant select, insert on alert.history to ${application};
