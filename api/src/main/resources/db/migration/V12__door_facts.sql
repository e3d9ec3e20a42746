-- What the models are to know of doors and only the API knows: requests and lockdowns. The rows are their own outbox.
-- A request is taken back from the topic after some days; nothing is concluded from it any more.
alter table door.command add column published_at timestamptz;
alter table door.command add column withdrawn_at timestamptz;
create index on door.command (issued_at) where published_at is null;
create index on door.command (published_at) where withdrawn_at is null;
alter table door.lockdown add column set_published_at timestamptz;
alter table door.lockdown add column lift_published_at timestamptz;
create index on door.lockdown (set_at)
  where set_published_at is null or (lifted_at is not null and lift_published_at is null);
