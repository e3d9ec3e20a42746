-- What the registry says of communities, places and devices: a projection of the topic of facts.
create schema site;
grant usage on schema site to ${application};

create table site.community (
  id text primary key,
  name text not null,
  community_class text not null,
  district text not null,
  time_zone text not null,
  known_at timestamptz not null
);

create table site.place (
  community text not null,
  id text not null,
  name text not null,
  kind text not null,
  building text not null,
  time_zone text not null,
  valid_from timestamptz not null,
  detail json not null,
  primary key (community, id)
);

create table site.device (
  community text not null,
  id text not null,
  place text not null,
  name text not null,
  kind text not null,
  side text not null,
  active boolean not null,
  known_at timestamptz not null,
  primary key (community, id)
);
create index on site.device (id);

-- The registry itself, one row a version of a thing.
create table site.registry_entry (
  community text not null,
  kind text not null,
  id text not null,
  recorded_at timestamptz not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  detail json not null,
  primary key (community, kind, id)
);

-- What doors and their devices last reported.
create table site.door_position (
  community text not null,
  place text not null,
  position text not null check (position in ('OPEN', 'CLOSED', 'LOCKED')),
  at timestamptz not null,
  primary key (community, place)
);

create table site.device_seen (
  community text not null,
  device text not null,
  at timestamptz not null,
  primary key (community, device)
) with (fillfactor = 70);

do $$
declare
  t regclass;
  key text;
begin
  foreach t in array array['site.community', 'site.place', 'site.device', 'site.registry_entry',
      'site.door_position', 'site.device_seen']::regclass[] loop
    key := case when t = 'site.community'::regclass then 'id' else 'community' end;
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to current_user using (true)', t);
    execute format(
      'create policy own_communities on %s for select to ${application} '
        'using ((select wall.everywhere()) or %I = any ((select wall.communities())::text[]))', t, key);
    if t <> 'site.registry_entry'::regclass then
      execute format('grant select on %s to ${application}', t);
    end if;
  end loop;
end
$$;
