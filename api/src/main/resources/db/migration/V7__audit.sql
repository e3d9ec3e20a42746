-- Append-only, each entry sealed with the hash of the one before it in its chain (a community, or the organisation).
create schema audit;
grant usage on schema audit to ${application};

create table audit.entry (
  id bigint primary key,
  chain text not null,
  at timestamptz not null,
  who text not null,
  role text not null,
  address text not null,
  action text not null,
  object text not null,
  outcome text not null,
  reason text not null,
  previous_hash bytea not null,
  hash bytea not null
);
create index on audit.entry (chain, id desc);
create sequence audit.entry_id;

create function audit.hash_of(e audit.entry) returns bytea
  language sql immutable
  return sha256(convert_to(
    jsonb_build_array(e.id, e.chain, extract(epoch from e.at), e.who, e.role, e.address, e.action, e.object, e.outcome,
      e.reason, encode(e.previous_hash, 'hex'))::text, 'UTF8'));

create function audit.seal() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7233002, hashtext(new.chain));
  new.id := nextval('audit.entry_id');
  new.at := clock_timestamp();
  select e.hash into new.previous_hash from audit.entry e where e.chain = new.chain order by e.id desc limit 1;
  new.previous_hash := coalesce(new.previous_hash, '\x'::bytea);
  new.hash := audit.hash_of(new);
  return new;
end
$$;
create trigger seal before insert on audit.entry for each row execute function audit.seal();
create trigger append_only before update or delete or truncate on audit.entry
  for each statement execute function wall.refuse_change();

-- Ids of entries that do not fit what stands before them; none if the log is whole.
create function audit.broken() returns setof bigint
  language sql stable
begin atomic
  select e.id from (
    select a as entry, a.id, lag(a.hash, 1, '\x'::bytea) over (partition by a.chain order by a.id) as expected
    from audit.entry a) e
  where (e.entry).previous_hash <> e.expected or (e.entry).hash <> audit.hash_of(e.entry)
  order by e.id;
end;

alter table audit.entry enable row level security;
alter table audit.entry force row level security;
create policy owner_all on audit.entry to current_user using (true);
create policy append on audit.entry for insert to ${application} with check (true);
grant insert (chain, who, role, address, action, object, outcome, reason) on audit.entry to ${application};
