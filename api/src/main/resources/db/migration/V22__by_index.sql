-- Whose something is, is found by an index, however many accounts there are.
create index on identity.account_person ((account::text));
create index on identity.door_right ((account::text));
-- The newest passages of one community among many.
create index on event.log (community, time desc, device desc, id desc) where passage;

-- The doors of an account: as before, but planned once a connection and not once an opening: a door waits for this.
create or replace function identity.own_door(at timestamptz)
  returns table (community text, door text, valid_from timestamptz, valid_to timestamptz)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
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
          and c.thing in (select json_array_elements_text(l.detail -> 'credentials'))));
end
$$;
