package gatehouse.api.accesslog;

import gatehouse.api.store.Transaction;
import gatehouse.event.Plates;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who stands behind what passes a door, as far as the registry knows. */
@Component
final class Holders {

  /** A person of a community. */
  record Holder(String community, String person) {}

  /**
   * Persons behind a subject: the person itself, the holder of a card, the owner of a vehicle or a
   * tagged object, the host of a visitor.
   *
   * @param community null: any that the account sees
   */
  List<Holder> of(Transaction tx, @Nullable String community, String subject, Instant at) {
    return tx.query(
            """
            select e.community, coalesce(e.detail ->> 'holder', e.detail ->> 'owner',
              e.detail ->> 'host') as person
            from (
              select distinct on (community, kind) community, kind, detail
              from site.registry_entry
              where kind in ('credential', 'vehicle', 'tagged-object', 'visitor-pass')
                and thing in (:subject, :plate)
                and (:community::text is null or community = :community) and valid_from <= :at
              order by community, kind, recorded_at desc, id desc) e
            where coalesce(e.detail ->> 'holder', e.detail ->> 'owner', e.detail ->> 'host') <> ''
            union
            select community, person from person.version
            where person = :subject and (:community::text is null or community = :community)
            order by 1, 2
            """)
        .bind("community", community)
        .bind("subject", subject)
        .bind("plate", Plates.canonical(subject))
        .bind("at", at)
        .map((row, context) -> new Holder(row.getString("community"), row.getString("person")))
        .list();
  }
}
