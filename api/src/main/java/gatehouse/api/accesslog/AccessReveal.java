package gatehouse.api.accesslog;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.person.Disclosures;
import gatehouse.api.person.Person;
import gatehouse.api.person.PersonStore;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Shows rows of the access log in clear, for a reason. Each person behind them gets to see that it
 * was done, by whom and why.
 */
@Component
final class AccessReveal {

  private final Store store;
  private final Holders holders;
  private final PersonStore persons;
  private final Disclosures disclosures;
  private final AuditLog audit;
  private final Clock clock;

  AccessReveal(
      @Qualifier("requests") Store store,
      Holders holders,
      PersonStore persons,
      Disclosures disclosures,
      AuditLog audit,
      Clock clock) {
    this.store = store;
    this.holders = holders;
    this.persons = persons;
    this.disclosures = disclosures;
    this.audit = audit;
    this.clock = clock;
  }

  /** Names a row: devices number their events themselves. */
  record Key(String device, String id, Instant time) {}

  /**
   * A row in clear.
   *
   * @param person who stands behind it, if the registry knows
   * @param name that person's
   */
  record Revealed(
      String device,
      String id,
      Instant time,
      String subjectType,
      String subject,
      @Nullable String person,
      @Nullable String name) {

    @Override
    public String toString() {
      return "Revealed[" + device + "/" + id + "]";
    }
  }

  private record Passage(Key key, String subjectType, String subject) {}

  /**
   * The rows in clear, in the order asked for.
   *
   * @throws Refusal if one of them is not there
   */
  List<Revealed> reveal(
      Account account, String community, List<Key> keys, String reason, String address) {
    return store.in(
        account.scope(),
        tx -> {
          List<Revealed> rows =
              keys.stream().map(key -> inClear(tx, community, find(tx, community, key))).toList();
          Set<String> seen = new LinkedHashSet<>();
          rows.forEach(
              row -> {
                if (row.person() != null && seen.add(row.person())) {
                  disclosures.record(
                      tx,
                      account,
                      community,
                      row.person(),
                      "access-log.reveal",
                      reason,
                      clock.instant());
                }
              });
          audit.append(
              tx,
              new AuditLog.Entry(
                  community,
                  account.username(),
                  account.role().name(),
                  address,
                  "access-log.reveal",
                  rows.size() + " rows",
                  "DONE",
                  reason));
          return rows;
        });
  }

  private static Passage find(Transaction tx, String community, Key key) {
    return tx.query(
            """
            select subject_type, subject from event.log
            where time = :time and community = :community and device = :device and id = :id
              and passage
            """)
        .bind("time", key.time())
        .bind("community", community)
        .bind("device", key.device())
        .bind("id", key.id())
        .map(
            (row, context) ->
                new Passage(key, row.getString("subject_type"), row.getString("subject")))
        .findOne()
        .orElseThrow(Refusal::notFound);
  }

  private Revealed inClear(Transaction tx, String community, Passage passage) {
    Key key = passage.key();
    String person =
        passage.subject().isEmpty()
            ? null
            : holders.of(tx, community, passage.subject(), key.time()).stream()
                .map(Holders.Holder::person)
                .findFirst()
                .orElse(null);
    return new Revealed(
        key.device(),
        key.id(),
        key.time(),
        passage.subjectType(),
        passage.subject(),
        person,
        person == null ? null : persons.find(tx, community, person).map(Person::name).orElse(null));
  }
}
