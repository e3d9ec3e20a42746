-- The registry: each version of each thing, with who recorded it. What is recorded here is published from here: a row is
-- its own outbox. What came from the topic is published already.
alter table site.registry_entry
  add column thing text,
  add column seq bigint generated always as identity,
  add column recorded_by text not null default '',
  add column published_at timestamptz;
update site.registry_entry set published_at = recorded_at, thing = case kind
  when 'residency' then concat_ws(':', detail ->> 'person', detail ->> 'unit')
  when 'roster' then concat_ws(':', detail ->> 'credential', detail ->> 'shift')
  when 'list-membership' then concat_ws(':', detail ->> 'list', detail ->> 'subject')
  else coalesce(detail ->> 'lease', detail ->> 'credential', detail ->> 'pass', detail ->> 'plate', detail ->> 'tag',
    detail ->> 'permit', detail ->> 'order', detail ->> 'person', detail ->> 'phone', detail ->> 'lockdown', id) end;
alter table site.registry_entry alter column thing set not null;
create index on site.registry_entry (community, kind, thing, recorded_at desc, id desc);
create index on site.registry_entry (seq) where published_at is null;

-- Roles within a role: who may approve, who may only watch a gate.
alter table identity.account add column duty text not null default 'NONE';
alter table identity.account drop constraint account_role_check;
alter table identity.account add constraint account_role_check
  check (role in ('POLICE', 'PROPERTY', 'RESIDENT', 'OPERATIONS', 'AUDITOR'));
update identity.account set duty = case role
  when 'POLICE' then 'ANALYST' when 'PROPERTY' then 'MANAGER' else 'NONE' end;
alter table identity.account add constraint account_duty_check check (case role
  when 'POLICE' then duty in ('ANALYST', 'SUPERVISOR')
  when 'PROPERTY' then duty in ('GUARD', 'OPERATOR', 'MANAGER')
  else duty = 'NONE' end);

-- What holds at a time: of each thing the version that was recorded last among those that had begun, unless it has ended.
create function site.holding(at timestamptz) returns setof site.registry_entry
  language sql stable as $$
  select e.* from (
    select distinct on (community, kind, thing) * from site.registry_entry
    where valid_from <= at order by community, kind, thing, recorded_at desc, id desc) e
  where e.valid_to > at
$$;

-- The same for the things of one kind that name a person as who lives there or as the holder: it begins with the few
-- entries of the person, so that a door that is opened, and a row that is shown, never wait for everybody's.
create function site.of_person(in_community text, in_kind text, in_person text, at timestamptz)
  returns setof site.registry_entry
  language sql stable as $$
  select e.* from (
    select distinct on (thing) * from site.registry_entry
    where community = in_community and kind = in_kind and valid_from <= at and thing in (
      select thing from site.registry_entry
      where community = in_community and kind = in_kind and case in_kind
        when 'credential' then detail ->> 'holder' else detail ->> 'person' end = in_person)
    order by thing, recorded_at desc, id desc) e
  where e.valid_to > at and case in_kind
    when 'credential' then e.detail ->> 'holder' else e.detail ->> 'person' end = in_person
$$;

-- Who the account of this transaction is.
create function identity.own_person() returns table (community text, person text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.community, p.person from identity.account_person p where p.account::text = wall.account()
$$;

-- Homes of the account of this transaction at a time. A field that holds its default is left out of a fact: no role is
-- OWNER.
create function identity.own_home(at timestamptz)
  returns table (community text, unit text, person text, role text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.community, r.detail ->> 'unit', p.person, coalesce(r.detail ->> 'role', 'OWNER')
  from identity.account_person p, site.of_person(p.community, 'residency', p.person, at) r
  where p.account::text = wall.account()
$$;

create index on site.registry_entry (community, (detail ->> 'person')) where kind in ('residency', 'care-enrolment');
create index on site.registry_entry (community, (detail ->> 'unit'))
  where kind in ('residency', 'lease', 'vehicle', 'credential');

-- The second wall. Property: its communities, but no watch order, which it may not even guess at. Residents: what is
-- theirs. Police: watch orders; whatever else they look up stands in a case. What is somebody's own is looked up once a
-- statement ("in (select ...)"), not once a row.
drop policy own_communities on site.registry_entry;
do $$
declare
  may_keep text := $rule$
    ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and case (select wall.role())
      when 'PROPERTY' then kind not in ('watch-order', 'phone-binding', 'remote-open-request')
      when 'OPERATIONS' then kind in ('community', 'building', 'place-entry', 'device', 'lockdown', 'list-membership')
      when 'POLICE' then kind = 'watch-order'
      when 'RESIDENT' then case
        when kind = 'phone-binding' then detail ->> 'account' = (select wall.account())
        else (community, case kind
            when 'residency' then detail ->> 'person'
            when 'lease' then detail ->> 'tenant'
            when 'credential' then detail ->> 'holder'
            when 'visitor-pass' then detail ->> 'host'
            when 'vehicle' then detail ->> 'owner'
            when 'tagged-object' then detail ->> 'owner'
            when 'care-enrolment' then detail ->> 'person' end)
          in (select o.community, o.person from identity.own_person() o)
        or kind in ('residency', 'care-enrolment') and (community, detail ->> 'unit')
          in (select h.community, h.unit from identity.own_home(now()) h)
        or kind in ('lease', 'credential') and (community, detail ->> 'unit')
          in (select h.community, h.unit from identity.own_home(now()) h where h.role = 'OWNER') end
      else false end
    $rule$;
begin
  execute format(
    'create policy keepers_read on site.registry_entry for select to ${application} using (%s)', may_keep);
  execute format(
    'create policy keepers_write on site.registry_entry for insert to ${application} '
      'with check ((%s) and published_at is null)', may_keep);
end
$$;
grant select on site.registry_entry to ${application};
grant insert (community, kind, id, thing, recorded_at, valid_from, valid_to, detail, recorded_by)
  on site.registry_entry to ${application};
