-- Who an account is to an identity provider. A link is made only by whoever is signed in as the account.
create table identity.external_subject (
  issuer text not null,
  subject text not null check (length(subject) between 1 and 255),
  account uuid not null references identity.account on delete cascade,
  linked_at timestamptz not null default now(),
  primary key (issuer, subject),
  unique (account, issuer)
);
alter table identity.external_subject enable row level security;
alter table identity.external_subject force row level security;
create policy owner_all on identity.external_subject to current_user using (true);
create policy own_links on identity.external_subject to ${application}
  using (account::text = (select wall.account()));
grant select, insert (issuer, subject, account, linked_at), delete on identity.external_subject to ${application};

-- Whose token this is: one row at most, and no list for whoever has not got the token.
create function identity.account_of(issuer text, subject text) returns uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.account from identity.external_subject s where s.issuer = $1 and s.subject = $2
$$;

-- The second factor (TOTP, RFC 6238). The seed is sealed. A new one waits until a code has shown that the app has it.
create table identity.second_factor (
  account uuid primary key references identity.account on delete cascade,
  seed bytea,
  next_seed bytea,
  next_at timestamptz,
  -- The time step of the last code that was taken: neither it nor an earlier one is taken again.
  last_step bigint not null default 0,
  confirmed_at timestamptz,
  check ((seed is null) = (confirmed_at is null))
);
alter table identity.second_factor enable row level security;
alter table identity.second_factor force row level security;
create policy owner_all on identity.second_factor to current_user using (true);
create policy own_factor on identity.second_factor to ${application}
  using (account::text = (select wall.account()));
grant select, insert, update on identity.second_factor to ${application};

-- Whether a log-in has a second step, asked before anybody is signed in.
create function identity.has_second_factor(account uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from identity.second_factor f where f.account = $1 and f.confirmed_at is not null)
$$;

-- Codes for whoever has lost the app, each good for once; a keyed hash.
create table identity.recovery_code (
  account uuid not null references identity.account on delete cascade,
  hash bytea not null,
  used_at timestamptz,
  primary key (account, hash)
);
alter table identity.recovery_code enable row level security;
alter table identity.recovery_code force row level security;
create policy owner_all on identity.recovery_code to current_user using (true);
create policy own_codes on identity.recovery_code to ${application}
  using (account::text = (select wall.account()));
grant select, insert, update (used_at), delete on identity.recovery_code to ${application};

-- The phones that may ask for doors in the name of an account, each with the key it signs with.
create table identity.phone (
  id uuid primary key default gen_random_uuid(),
  account uuid not null references identity.account on delete cascade,
  name text not null,
  public_key bytea not null,
  bound_at timestamptz not null,
  holds_from timestamptz not null,
  ended_at timestamptz
);
create unique index on identity.phone (public_key) where ended_at is null;
create index on identity.phone (account);
alter table identity.phone enable row level security;
alter table identity.phone force row level security;
create policy owner_all on identity.phone to current_user using (true);
create policy own_phones on identity.phone to ${application}
  using (account::text = (select wall.account()));
grant select, insert, update (holds_from, ended_at) on identity.phone to ${application};

-- Which phone asked for a door; empty: none.
alter table door.command add column phone text not null default '';
