-- Who is told of an alert, when, and why somebody is not. An alert is never lost here: whoever is not told finds it in
-- the list of alerts and counted in a digest.
create schema notification;
grant usage on schema notification to ${application};

-- Somebody does not want to be told for a while (SILENCE), or works there (MAINTENANCE). It holds back what its own
-- audience would be told and nothing of anybody else's. A field that is null matches everything.
create table notification.silence (
  id uuid primary key,
  community text not null,
  audience text not null,
  kind text not null check (kind in ('SILENCE', 'MAINTENANCE')),
  model text,
  place text,
  device text,
  subject text,
  reason text not null,
  owner text not null,
  starts timestamptz not null,
  ends timestamptz not null,
  created_at timestamptz not null,
  ended_by text,
  ended_at timestamptz,
  check (ends > starts),
  check (num_nonnulls(model, place, device, subject) > 0)
);
create index on notification.silence (community, audience, ends);

-- How many alerts a day an audience of a community wants to be told of; no row: the default.
create table notification.budget (
  community text not null,
  audience text not null,
  per_day int not null check (per_day between 0 and 10000),
  set_by text not null,
  set_at timestamptz not null,
  primary key (community, audience)
);

-- Alerts of one model that an audience was not told of, for one reason, on one day.
create table notification.digest (
  id uuid primary key default gen_random_uuid(),
  community text not null,
  audience text not null,
  model text not null,
  reason text not null,
  cause text not null,
  day date not null,
  alerts int not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  summed_at timestamptz,
  unique (community, audience, model, reason, cause, day)
);
create index on notification.digest (day) where summed_at is null;

-- What was decided about an alert for an audience, newest decision only; day is the day there.
create table notification.verdict (
  alert uuid not null references alert.alert,
  audience text not null,
  community text not null,
  model text not null,
  subject text not null,
  severity text not null,
  outcome text not null check (outcome in ('TOLD', 'DIGESTED', 'HELD', 'EXPIRED', 'HISTORIC')),
  reason text not null,
  cause text not null,
  digest uuid references notification.digest,
  day date not null,
  decided_at timestamptz not null,
  told_at timestamptz,
  primary key (alert, audience)
);
create index on notification.verdict (community, audience, day) where outcome = 'TOLD';
create index on notification.verdict (community) where outcome = 'HELD';
create index on notification.verdict (digest);

-- The next steps of an escalation chain. They are due only while nobody has taken the alert.
create table notification.step (
  alert uuid not null references alert.alert,
  audience text not null,
  number int not null,
  community text not null,
  channel text not null,
  due_at timestamptz not null,
  state text not null default 'WAITING' check (state in ('WAITING', 'SENT', 'STOPPED', 'EXPIRED')),
  why text not null default '',
  settled_at timestamptz,
  primary key (alert, audience, number)
);
create index on notification.step (due_at) where state = 'WAITING';

-- What is said to whom: the inbox of the console and the apps, and what goes to Kafka for calls and pushes.
create table notification.message (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  kind text not null check (kind in ('ALERT', 'RAISED', 'ESCALATED', 'WITHDRAWN', 'STOPPED', 'BUDGET', 'DIGEST')),
  channel text not null check (channel in ('APP', 'CALL', 'CONTACT', 'VISIT')),
  alert uuid references alert.alert,
  community text not null,
  audience text not null,
  persons text[] not null default '{}',
  model text not null default '',
  place text not null default '',
  severity text not null,
  explanation jsonb,
  alerts int not null default 1,
  at timestamptz not null,
  claimed_until timestamptz,
  published_at timestamptz,
  stopped_at timestamptz
);
create index on notification.message (community, audience, at desc, id desc);
create index on notification.message (alert);
create index on notification.message (seq)
  where published_at is null and (stopped_at is null or claimed_until is not null);

-- Whoever takes or closes an alert stops, in the same transaction and on every channel, whatever would still be said of
-- it; those who were called are told that it is taken.
create function notification.stop() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  taken timestamptz := coalesce(new.acknowledged_at, clock_timestamp());
begin
  update notification.step set state = 'STOPPED', why = 'ACKNOWLEDGED', settled_at = taken
    where alert = new.id and state = 'WAITING';
  update notification.message set stopped_at = taken
    where alert = new.id and published_at is null and stopped_at is null
      and kind in ('ALERT', 'RAISED', 'ESCALATED');
  insert into notification.message
    (kind, channel, alert, community, audience, persons, model, place, severity, at)
  select distinct on (m.audience, m.channel)
    'STOPPED', m.channel, m.alert, m.community, m.audience, m.persons, m.model, m.place, m.severity, taken
  from notification.message m
  where m.alert = new.id and m.published_at is not null and m.kind in ('ALERT', 'RAISED', 'ESCALATED')
  order by m.audience, m.channel, m.seq desc;
  return null;
end
$$;
create trigger stop after update of handling on alert.alert
  for each row when (old.handling = 'NEW' and new.handling <> 'NEW')
  execute function notification.stop();

alter table notification.silence enable row level security;
alter table notification.silence force row level security;
alter table notification.budget enable row level security;
alter table notification.budget force row level security;
alter table notification.digest enable row level security;
alter table notification.digest force row level security;
alter table notification.verdict enable row level security;
alter table notification.verdict force row level security;
alter table notification.step enable row level security;
alter table notification.step force row level security;
alter table notification.message enable row level security;
alter table notification.message force row level security;
create policy owner_all on notification.silence to current_user using (true);
create policy owner_all on notification.budget to current_user using (true);
create policy owner_all on notification.digest to current_user using (true);
create policy owner_all on notification.verdict to current_user using (true);
create policy owner_all on notification.step to current_user using (true);
create policy owner_all on notification.message to current_user using (true);

create policy own_audience on notification.silence to ${application}
  using (
    ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (select wall.role()) in ('POLICE', 'PROPERTY', 'OPERATIONS') and audience = (select wall.role()));
create policy own_audience on notification.budget to ${application}
  using (
    ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (select wall.role()) in ('POLICE', 'PROPERTY', 'OPERATIONS') and audience = (select wall.role()));
create policy own_audience on notification.digest to ${application}
  using (
    ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (select wall.role()) in ('POLICE', 'PROPERTY', 'OPERATIONS') and audience = (select wall.role()));
create policy own_audience on notification.verdict to ${application}
  using (
    ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (select wall.role()) in ('POLICE', 'PROPERTY', 'OPERATIONS') and audience = (select wall.role()));
-- Whoever may see the alert may see how it is escalated: each sees the others being called.
create policy with_alert on notification.step to ${application}
  using (exists (select from alert.alert a where a.id = step.alert));
create policy own_audience on notification.message to ${application}
  using (
    ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (
      (select wall.role()) in ('POLICE', 'PROPERTY', 'OPERATIONS') and audience = (select wall.role())
      or (select wall.role()) = 'RESIDENT' and audience in ('RESIDENT', 'FAMILY')
        and exists (
          select from identity.own_subject() o
          where o.community = message.community and o.subject_type = 'person'
            and (o.subject = any (message.persons) or message.persons = '{*}'))));
grant select, insert, update (ended_by, ended_at) on notification.silence to ${application};
grant select, insert, update on notification.budget to ${application};
grant select on notification.digest, notification.verdict, notification.step, notification.message to ${application};

-- Operations keep devices and models well: they see the alerts that go to them, and nothing of persons.
alter table identity.account drop constraint account_role_check;
alter table identity.account add constraint account_role_check
  check (role in ('POLICE', 'PROPERTY', 'RESIDENT', 'OPERATIONS'));
alter policy routed_here on alert.alert
  using (
    ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (select wall.role()) in ('POLICE', 'PROPERTY', 'OPERATIONS')
    and (select wall.role()) = any (audiences));
alter policy routed_here on alert.history
  using (
    ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (select wall.role()) in ('POLICE', 'PROPERTY', 'OPERATIONS')
    and (select wall.role()) = any (audiences));
