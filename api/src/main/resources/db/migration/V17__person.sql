-- Who people are: apart from where they pass. Names, numbers and phones are sealed; they are found by keyed tokens.
create schema person;
grant usage on schema person to ${application};

create table person.version (
  community text not null,
  person text not null,
  version int not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  name bytea not null,
  id_number bytea,
  id_number_token bytea,
  phone bytea,
  phone_token bytea,
  -- How they come in without showing their face: everybody has a way.
  non_face_way text not null check (non_face_way in ('CARD', 'PIN', 'QR', 'PHONE', 'KEY')),
  face_allowed boolean not null,
  guardian text not null default '',
  -- The unit whose resident made the person known; empty: the property did.
  home text not null default '',
  primary key (community, person, version)
);
create index on person.version (community, id_number_token);
create index on person.version (community, phone_token);

-- Units (房屋) of a community.
create table person.unit (
  community text not null,
  unit text not null,
  version int not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  building text not null,
  floor int,
  purpose text not null check (purpose in ('HOME', 'SHOP', 'OFFICE', 'PLANT')),
  primary key (community, unit, version)
);

-- Each time somebody saw a person's data in clear, or looked the person up. The person sees it, from when it may be known.
create table person.disclosure (
  id uuid primary key default gen_random_uuid(),
  community text not null,
  person text not null,
  at timestamptz not null,
  by_role text not null,
  by_name text not null,
  what text not null,
  reason text not null,
  visible_from timestamptz not null
);
create index on person.disclosure (community, person, at desc);

do $$
declare
  t regclass;
begin
  foreach t in array array['person.version', 'person.unit', 'person.disclosure']::regclass[] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to current_user using (true)', t);
  end loop;
end
$$;
create policy keepers on person.version to ${application}
  using ((select wall.role()) = 'PROPERTY'
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])))
  with check ((select wall.role()) = 'PROPERTY'
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])));
create policy oneself on person.version to ${application}
  using ((select wall.role()) = 'RESIDENT'
    and (community, person) in (select o.community, o.person from identity.own_person() o))
  with check ((select wall.role()) = 'RESIDENT'
    and (community, person) in (select o.community, o.person from identity.own_person() o));
create policy keepers on person.unit to ${application}
  using ((select wall.role()) = 'PROPERTY'
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])))
  with check ((select wall.role()) = 'PROPERTY'
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])));
create policy oneself on person.disclosure for select to ${application}
  using ((select wall.role()) = 'RESIDENT' and visible_from <= now()
    and (community, person) in (select o.community, o.person from identity.own_person() o));
create policy whoever_looks on person.disclosure for insert to ${application}
  with check ((select wall.everywhere()) or community = any ((select wall.communities())::text[]));
grant select, insert on person.version, person.unit to ${application};
grant select, insert on person.disclosure to ${application};
