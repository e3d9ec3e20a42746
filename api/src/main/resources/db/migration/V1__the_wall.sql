-- Who is asking is said by the transaction: gatehouse.communities (comma-separated ids, * for all), gatehouse.role and
-- gatehouse.account. Nothing said means nothing seen. The policies of all tables build on these functions; they are
-- called in a sub-select, so that the planner evaluates them once a statement, not once a row.

create schema wall;
grant usage on schema wall to ${application};

create function wall.communities() returns text[]
  language sql stable parallel safe
  return string_to_array(coalesce(current_setting('gatehouse.communities', true), ''), ',');

create function wall.everywhere() returns boolean
  language sql stable parallel safe
  return coalesce(current_setting('gatehouse.communities', true), '') = '*';

create function wall.role() returns text
  language sql stable parallel safe
  return coalesce(current_setting('gatehouse.role', true), '');

create function wall.account() returns text
  language sql stable parallel safe
  return coalesce(current_setting('gatehouse.account', true), '');

-- What may never change once written.
create function wall.refuse_change() returns trigger
  language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
