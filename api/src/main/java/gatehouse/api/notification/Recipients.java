package gatehouse.api.notification;

import gatehouse.alert.Alert;
import gatehouse.alert.Audience;
import gatehouse.alert.Subject;
import gatehouse.api.store.Transaction;
import gatehouse.notification.Channel;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Which persons a notification is for, where an audience is not whoever is on duty. */
final class Recipients {

  /** All who live in the community. */
  static final List<String> EVERYBODY = List.of("*");

  private static final String FIRE = "fire-anomaly";

  private Recipients() {}

  /** Ids in the registry; empty for audiences with people on duty, or if nobody is known. */
  static List<String> of(
      Transaction tx, Alert alert, Audience audience, Channel channel, Instant now) {
    return switch (audience) {
      case RESIDENT -> alert.model().equals(FIRE) ? EVERYBODY : concerned(tx, alert, now);
      case FAMILY -> family(tx, alert, channel, now);
      default -> List.of();
    };
  }

  /** The elder is asked first, then those whom the elder named. */
  private static List<String> family(Transaction tx, Alert alert, Channel channel, Instant now) {
    List<String> elders =
        alert.subjects().stream()
            .filter(subject -> subject.type().equals("person"))
            .map(Subject::id)
            .toList();
    List<String> contacts = channel == Channel.CALL ? List.of() : contacts(tx, alert, elders, now);
    return channel == Channel.CONTACT
        ? contacts
        : Stream.concat(elders.stream(), contacts.stream()).distinct().toList();
  }

  private static List<String> contacts(
      Transaction tx, Alert alert, List<String> elders, Instant now) {
    return tx.query(
            """
            select contact
            from site.holding(:now) r,
              json_array_elements_text(r.detail -> 'contacts') with ordinality as c (contact, nth)
            where r.community = :community and r.kind = 'care-enrolment'
              and r.detail ->> 'person' = any (:elders)
            group by contact order by min(nth)
            """)
        .bind("community", alert.community())
        .bind("elders", elders.toArray(String[]::new))
        .bind("now", now)
        .mapTo(String.class)
        .list();
  }

  /** Whose credential, vehicle, thing, pass or account it is. */
  private static List<String> concerned(Transaction tx, Alert alert, Instant now) {
    return tx.query(
            """
            with subject as (
              select * from unnest(:types::text[], :ids::text[]) as s (type, id)),
            entry as (
              select r.kind, r.detail from site.holding(:now) r
              where r.community = :community
                and r.kind in ('credential', 'vehicle', 'tagged-object', 'visitor-pass', 'residency'))
            select distinct person from (
              select s.id as person from subject s where s.type = 'person'
              union all
              select e.detail ->> 'holder' from subject s join entry e
                on s.type = 'credential' and e.kind = 'credential' and e.detail ->> 'credential' = s.id
              union all
              select e.detail ->> 'owner' from subject s join entry e
                on s.type in ('vehicle', 'plate') and e.kind = 'vehicle' and e.detail ->> 'plate' = s.id
              union all
              select e.detail ->> 'owner' from subject s join entry e
                on s.type = 'tag' and e.kind = 'tagged-object' and e.detail ->> 'tag' = s.id
              union all
              select e.detail ->> 'host' from subject s join entry e
                on s.type in ('pass', 'credential') and e.kind = 'visitor-pass'
                  and e.detail ->> 'pass' = s.id
              union all
              select e.detail ->> 'person' from subject s join entry e
                on s.type = 'unit' and e.kind = 'residency' and e.detail ->> 'unit' = s.id
              union all
              select p.person from subject s join identity.account_person p
                on s.type = 'account' and p.account::text = s.id and p.community = :community
            ) as known
            where person is not null order by person
            """)
        .bind("community", alert.community())
        .bind("types", alert.subjects().stream().map(Subject::type).toArray(String[]::new))
        .bind("ids", alert.subjects().stream().map(Subject::id).toArray(String[]::new))
        .bind("now", now)
        .mapTo(String.class)
        .list();
  }
}
