-- Events that came behind the watermark, until what they change has been published.
create schema repair;

create table repair.late (
  community text not null,
  device text not null,
  id text not null,
  time timestamptz not null,
  detail json not null,
  arrived_at timestamptz not null,
  repaired_at timestamptz,
  outcome text check (outcome in ('REPAIRED', 'REFUSED')),
  primary key (community, device, id)
);
create index on repair.late (community, time) where repaired_at is null;
create index on repair.late (repaired_at) where repaired_at is not null;

alter table repair.late enable row level security;
alter table repair.late force row level security;
create policy owner_all on repair.late to current_user using (true);

-- Whether people are told of an alert.
alter table alert.alert add column attention text not null default 'NOTIFY'
  check (attention in ('NOTIFY', 'DIGEST', 'HISTORIC'));
