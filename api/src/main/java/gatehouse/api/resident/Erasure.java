package gatehouse.api.resident;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.registry.FactPublisher;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.fact.Fact;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Deletes what is known of a person: names and numbers, the entries of the registry that name the
 * person, notices, passes given, the link to the account. What Kafka keeps of the entries is taken
 * back by tombstones. Reports to the police stay and name nobody any more. The audit log keeps that
 * it was done, by the person's id alone; passages keep the number of the card until their own time
 * is over, and nothing says any more whose it was.
 */
@Component
final class Erasure {

  private final Store store;
  private final FactPublisher publisher;
  private final AuditLog audit;

  Erasure(@Qualifier("consumers") Store store, FactPublisher publisher, AuditLog audit) {
    this.store = store;
    this.publisher = publisher;
    this.audit = audit;
  }

  void erase(Caller caller, String community, String person) {
    List<Fact> facts =
        store.in(
            Scope.NOBODY,
            tx ->
                tx.query(
                        """
                        select detail from site.registry_entry
                        where community = :community
                          and :person in (detail ->> 'person', detail ->> 'holder',
                            detail ->> 'tenant', detail ->> 'host', detail ->> 'owner')
                        """)
                    .bind("community", community)
                    .bind("person", person)
                    .map((row, context) -> decode(row.getString("detail")))
                    .list());
    publisher.withdraw(facts);
    store.run(
        Scope.NOBODY,
        tx -> {
          tx.query("select person.erase(:community, :person, :account)")
              .bind("community", community)
              .bind("person", person)
              .bind("account", caller.account().id())
              .mapTo(String.class)
              .one();
          tx.query("select dialogue.forget(:community, :account)")
              .bind("community", community)
              .bind("account", caller.account().id())
              .mapTo(String.class)
              .one();
          audit.append(tx, caller.entry(community, "own-data.erase", "person " + person));
        });
  }

  private static Fact decode(String json) {
    try {
      return FactCodec.decode(json.getBytes(StandardCharsets.UTF_8));
    } catch (WireException e) {
      throw new IllegalStateException("the registry holds what is no fact", e);
    }
  }
}
