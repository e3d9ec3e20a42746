-- Whoever forces somebody to use a duress code may stand beside the guard's screen, or be the guard: whoever watches a
-- gate is not shown that the code was used. The police and the property's office are.
create function wall.duty() returns text
  language sql stable parallel safe
  return coalesce(current_setting('gatehouse.duty', true), '');

create policy not_on_site on alert.alert as restrictive for select to ${application}
  using (model <> 'duress' or (select wall.duty()) <> 'GUARD');
create policy not_on_site on alert.history as restrictive for select to ${application}
  using ((select wall.duty()) <> 'GUARD'
    or exists (select from alert.alert a where a.id = history.alert and a.model <> 'duress'));
create policy not_on_site on notification.message as restrictive for select to ${application}
  using (model <> 'duress' or (select wall.duty()) <> 'GUARD');
