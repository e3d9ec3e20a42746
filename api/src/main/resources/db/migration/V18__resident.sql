-- What residents decide on: their homes, tenants, guests, and what they are told.

-- The doors the account of this transaction may open from afar: by a standing right, or by a credential of the app that
-- holds, for the doors of its places. A credential that hangs on leases holds only as long as one of them does.
create function identity.own_door(at timestamptz)
  returns table (community text, door text, valid_from timestamptz, valid_to timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.community, r.door, r.valid_from, r.valid_to from identity.door_right r
  where r.account::text = wall.account()
  union all
  select d.community, d.id, c.valid_from, c.valid_to
  from identity.account_person p
  cross join site.of_person(p.community, 'credential', p.person, at) c
  join site.device d on d.community = c.community and d.active
  where p.account::text = wall.account() and c.detail ->> 'type' = 'APP'
    and coalesce(c.detail ->> 'status', 'ACTIVE') = 'ACTIVE'
    and (coalesce(json_array_length(c.detail -> 'places'), 0) = 0
      or d.place in (select json_array_elements_text(c.detail -> 'places')))
    and (not exists (
        select from site.registry_entry l
        where l.community = c.community and l.kind = 'lease'
          and c.thing in (select json_array_elements_text(l.detail -> 'credentials')))
      or exists (
        select from site.holding(at) l
        where l.community = c.community and l.kind = 'lease'
          and c.thing in (select json_array_elements_text(l.detail -> 'credentials'))))
$$;

create schema resident;
grant usage on schema resident to ${application};

-- Who is asked to say "that person is me": a code that is good once, kept as a keyed token.
create table resident.claim (
  code_token bytea primary key,
  community text not null,
  person text not null,
  created_by uuid not null references identity.account,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  claimed_by uuid references identity.account,
  claimed_at timestamptz
);

-- The account of this transaction takes the code; null if there is no such code that is still good.
create function resident.take_claim(token bytea, at timestamptz)
  returns table (community text, person text)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  taken resident.claim;
begin
  update resident.claim c set claimed_by = wall.account()::uuid, claimed_at = at
    where c.code_token = token and c.claimed_by is null and c.expires_at > at
    returning * into taken;
  if taken.community is not null then
    insert into identity.account_person values (taken.claimed_by, taken.community, taken.person)
      on conflict do nothing;
    insert into identity.community_grant values (taken.claimed_by, taken.community) on conflict do nothing;
    return query select taken.community, taken.person;
  end if;
end
$$;

-- What opens a pass: the code for a keypad and the secret of its link, both sealed.
create table resident.pass_secret (
  community text not null,
  pass text not null,
  host_account uuid not null references identity.account,
  visitor bytea not null,
  party_size int not null check (party_size between 1 and 50),
  code bytea not null,
  code_token bytea not null,
  link_token bytea not null unique,
  created_at timestamptz not null,
  primary key (community, pass),
  unique (community, code_token)
);

-- What somebody is told that is no alert: a guest has come, a lease ends, a report was answered.
create table resident.notice (
  id uuid primary key default gen_random_uuid(),
  community text not null,
  person text not null,
  kind text not null,
  about text not null,
  detail jsonb not null default '{}',
  at timestamptz not null,
  read_at timestamptz,
  unique (community, person, kind, about)
);
create index on resident.notice (community, person, at desc, id desc);

do $$
declare
  t regclass;
begin
  foreach t in array array['resident.claim', 'resident.pass_secret', 'resident.notice']::regclass[] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy owner_all on %s to current_user using (true)', t);
  end loop;
end
$$;
create policy made_here on resident.claim for insert to ${application}
  with check (created_by::text = (select wall.account()) and claimed_by is null
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and ((select wall.role()) = 'PROPERTY' or (select wall.role()) = 'RESIDENT' and exists (
      select from person.version v where v.community = claim.community and v.person = claim.person
        and (v.community, v.home) in (select h.community, h.unit from identity.own_home(now()) h))));
create policy asked_again on resident.claim for select to ${application}
  using (created_by::text = (select wall.account()));
grant insert (code_token, community, person, created_by, created_at, expires_at) on resident.claim to ${application};
grant select (code_token, created_by, expires_at) on resident.claim to ${application};
create policy own_guests on resident.pass_secret to ${application}
  using (host_account::text = (select wall.account()))
  with check (host_account::text = (select wall.account())
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[])));
grant select, insert on resident.pass_secret to ${application};
create policy told_to on resident.notice for select to ${application}
  using ((community, person) in (select o.community, o.person from identity.own_person() o));
create policy read_by on resident.notice for update to ${application}
  using ((community, person) in (select o.community, o.person from identity.own_person() o));
grant select, update (read_at) on resident.notice to ${application};

-- Persons whom a resident brings into the home: the resident sees and describes them, and nobody who was known before.
create policy introduced on person.version for select to ${application}
  using ((select wall.role()) = 'RESIDENT'
    and (community, home) in (select h.community, h.unit from identity.own_home(now()) h));
create policy introduce on person.version for insert to ${application}
  with check ((select wall.role()) = 'RESIDENT' and version = 1 and (community, home) in (
    select h.community, h.unit from identity.own_home(now()) h where h.role in ('OWNER', 'TENANT')));

-- Deletes what is known of a person, at the person's own wish. The owner calls it; the role of requests cannot.
create function person.erase(in_community text, in_person text, in_account uuid) returns void
  language sql as $$
  delete from site.registry_entry
    where community = in_community and in_person in (detail ->> 'person', detail ->> 'holder', detail ->> 'tenant',
      detail ->> 'host', detail ->> 'owner');
  delete from person.version where community = in_community and person = in_person;
  delete from person.disclosure where community = in_community and person = in_person;
  delete from resident.notice where community = in_community and person = in_person;
  delete from resident.claim where community = in_community and person = in_person;
  delete from resident.pass_secret where community = in_community and host_account = in_account;
  delete from identity.account_person
    where account = in_account and community = in_community and person = in_person;
$$;
revoke execute on function person.erase(text, text, uuid) from public;
