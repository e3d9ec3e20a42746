create schema identity;
grant usage on schema identity to ${application};

create table identity.account (
  id uuid primary key default gen_random_uuid(),
  username text not null check (username = lower(username) and length(username) between 1 and 64),
  password_hash text not null,
  display_name text not null,
  role text not null check (role in ('POLICE', 'PROPERTY', 'RESIDENT')),
  locale text not null default 'en',
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  unique (username)
);
grant select on identity.account to ${application};

-- The communities an account may look into; * for all.
create table identity.community_grant (
  account uuid not null references identity.account on delete cascade,
  community text not null,
  primary key (account, community)
);
grant select on identity.community_grant to ${application};

-- The doors an account may open, as long as what the right stands on (residency, lease, pass, work) holds.
create table identity.door_right (
  account uuid not null references identity.account on delete cascade,
  community text not null,
  door text not null,
  basis text not null check (basis in ('RESIDENCY', 'LEASE', 'PASS', 'WORK')),
  basis_id text not null default '',
  valid_from timestamptz not null default '-infinity',
  valid_to timestamptz not null default 'infinity',
  primary key (account, community, door, basis, basis_id),
  check (valid_from < valid_to)
);
alter table identity.door_right enable row level security;
alter table identity.door_right force row level security;
create policy owner_all on identity.door_right to current_user using (true);
create policy own_rights on identity.door_right for select to ${application}
  using (account::text = (select wall.account()));
grant select on identity.door_right to ${application};

-- Failed log-ins; the key is a hash of account and address, or of the address alone.
create table identity.login_failure (
  key text primary key,
  failures int not null,
  last_at timestamptz not null,
  blocked_until timestamptz not null
);
grant select, insert, update, delete on identity.login_failure to ${application};

-- Spring Session, in its own shape.
create table identity.spring_session (
  primary_id char(36) not null primary key,
  session_id char(36) not null,
  creation_time bigint not null,
  last_access_time bigint not null,
  max_inactive_interval int not null,
  expiry_time bigint not null,
  principal_name varchar(100)
);
create unique index on identity.spring_session (session_id);
create index on identity.spring_session (expiry_time);
create index on identity.spring_session (principal_name);
create table identity.spring_session_attributes (
  session_primary_id char(36) not null references identity.spring_session on delete cascade,
  attribute_name varchar(200) not null,
  attribute_bytes bytea not null,
  primary key (session_primary_id, attribute_name)
);
grant select, insert, update, delete
  on identity.spring_session, identity.spring_session_attributes to ${application};
