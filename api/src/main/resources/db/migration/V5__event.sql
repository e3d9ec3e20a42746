create schema event;
grant usage on schema event to ${application};

-- The event store: every accepted event once, a partition a day of event time (UTC). Events of days without a
-- partition (a replayed old log, a wild clock) are kept in the default one.
create table event.log (
  time timestamptz not null,
  community text not null,
  id text not null,
  received_at timestamptz not null,
  place text not null,
  device text not null,
  kind text not null,
  passage boolean not null,
  subject_type text not null,
  subject text not null,
  direction text not null,
  outcome text not null,
  reason text not null,
  buffered boolean not null,
  detail json not null,
  primary key (time, community, id)
) partition by range (time);
create table event.log_default partition of event.log default;
create index on event.log (community, subject, time desc) where passage;
create index on event.log (community, place, time desc) where passage;

-- How much came in, in steps of ten seconds, for the overview.
create table event.rate (
  community text not null,
  bucket timestamptz not null,
  events bigint not null,
  primary key (community, bucket)
);
create index on event.rate (bucket);

alter table event.log enable row level security;
alter table event.log force row level security;
alter table event.log_default enable row level security;
alter table event.rate enable row level security;
alter table event.rate force row level security;
create policy owner_all on event.log to current_user using (true);
create policy owner_all on event.rate to current_user using (true);
create policy own_communities on event.log for select to ${application}
  using (
    ((select wall.everywhere()) or community = any ((select wall.communities())::text[]))
    and (select wall.role()) in ('POLICE', 'PROPERTY'));
create policy own_communities on event.rate for select to ${application}
  using ((select wall.everywhere()) or community = any ((select wall.communities())::text[]));
-- Granted on the parent only: a partition by its own name stays closed.
grant select on event.log, event.rate to ${application};

-- How far each consumer has come; moved in the same transaction as the rows it wrote.
create schema consumer;
create table consumer.position (
  consumer text not null,
  topic text not null,
  partition int not null,
  next_offset bigint not null,
  primary key (consumer, topic, partition)
);

-- Records that could not be read or stored, so that one of them does not hold up all others.
create table consumer.refused (
  consumer text not null,
  topic text not null,
  partition int not null,
  record_offset bigint not null,
  at timestamptz not null default now(),
  reason text not null,
  primary key (consumer, topic, partition, record_offset)
);

-- The partition of a day (UTC), if it is not there. Two may ask at once.
create function event.make_partition(day date) returns void
  language plpgsql as $$
declare
  name text := 'log_' || to_char(day, 'YYYYMMDD');
  opens timestamptz := day::timestamp at time zone 'UTC';
begin
  perform pg_advisory_xact_lock(7233004);
  if to_regclass('event.' || name) is not null then
    return;
  end if;
  execute format('create table event.%I partition of event.log for values from (%L) to (%L)',
    name, opens, opens + interval '1 day');
  execute format('alter table event.%I enable row level security', name);
end
$$;
