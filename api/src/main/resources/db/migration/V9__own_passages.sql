-- Who an account is in the registry of a community. A resident sees the passages of these persons and no others.
create table identity.account_person (
  account uuid not null references identity.account on delete cascade,
  community text not null,
  person text not null,
  primary key (account, community, person)
);
alter table identity.account_person enable row level security;
alter table identity.account_person force row level security;
create policy owner_all on identity.account_person to current_user using (true);

create index on site.registry_entry (community, (detail ->> 'holder')) where kind = 'credential';
create index on site.registry_entry (community, (detail ->> 'credential')) where kind = 'credential';

-- What the account of this transaction passes doors as, and when: its persons, and the credentials they hold. A card
-- that somebody else had before or has since is theirs at that time. Of several versions of a credential that overlap,
-- one recorded later holds from its own beginning on.
create function identity.own_subject()
  returns table (community text, subject_type text, subject text, valid_from timestamptz, valid_to timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.community, 'person', p.person, timestamptz '-infinity', timestamptz 'infinity'
  from identity.account_person p
  where p.account::text = wall.account()
  union all
  select c.community, 'credential', c.detail ->> 'credential', c.valid_from,
    least(c.valid_to, (
      select min(o.valid_from)
      from site.registry_entry o
      where o.community = c.community and o.kind = 'credential'
        and o.detail ->> 'credential' = c.detail ->> 'credential'
        and (o.recorded_at, o.id) > (c.recorded_at, c.id)
        and (o.valid_to > c.valid_from or o.valid_to = c.valid_from and o.valid_from = c.valid_from)))
  from identity.account_person p
  join site.registry_entry c
    on c.community = p.community and c.kind = 'credential' and c.detail ->> 'holder' = p.person
  where p.account::text = wall.account()
$$;

create policy own_passages on event.log for select to ${application}
  using (
    (select wall.role()) = 'RESIDENT'
    and ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and passage
    and exists (
      select from identity.own_subject() o
      where o.community = log.community and o.subject_type = log.subject_type and o.subject = log.subject
        and log.time >= o.valid_from and log.time < o.valid_to));
