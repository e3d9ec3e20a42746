package gatehouse.api.notification;

import gatehouse.alert.Audience;
import gatehouse.api.store.Transaction;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many alerts a day an audience of a community wants to be told of (models-spec.md 4.2). */
final class Budgets {

  /**
   * Unless a community says otherwise. Residents, families and the fire desk have none: what
   * concerns them is rare, and is capped by subject.
   */
  static final Map<Audience, Integer> USUAL =
      Map.of(Audience.PROPERTY, 5, Audience.POLICE, 3, Audience.OPERATIONS, 5);

  private Budgets() {}

  /** Null: as many as come. */
  static @Nullable Integer perDay(Transaction tx, String community, Audience audience) {
    return tx.query(
            """
            select per_day from notification.budget
            where community = :community and audience = :audience
            """)
        .bind("community", community)
        .bind("audience", audience.name())
        .mapTo(Integer.class)
        .findOne()
        .orElse(USUAL.get(audience));
  }
}
