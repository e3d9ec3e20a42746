package gatehouse.api.resident;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Subject;
import gatehouse.api.alert.RevisionListener;
import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tells the owners of a home that a credential of it was used, or tried, after its grant had ended.
 * They learn that it happened and where, not who it was.
 */
@Component
final class EndedGrantNotices implements RevisionListener {

  private static final String MODEL = "stale-grant";

  private final Notices notices;

  EndedGrantNotices(Notices notices) {
    this.notices = notices;
  }

  @Override
  public void onRevision(Transaction tx, UUID id, Alert alert, Instant now) {
    if (!alert.model().equals(MODEL) || alert.state() != AlertState.OPEN) {
      return;
    }
    String[] credentials =
        alert.subjects().stream()
            .filter(subject -> subject.type().equals("credential"))
            .map(Subject::id)
            .toArray(String[]::new);
    tx.query(
            """
            select distinct r.detail ->> 'person' from site.registry_entry c
            join site.holding(:now) r on r.community = c.community and r.kind = 'residency'
              and r.detail ->> 'unit' = c.detail ->> 'unit'
              and coalesce(r.detail ->> 'role', 'OWNER') = 'OWNER'
            where c.community = :community and c.kind = 'credential'
              and c.thing = any (:credentials)
            """)
        .bind("now", now)
        .bind("community", alert.community())
        .bind("credentials", credentials)
        .mapTo(String.class)
        .list()
        .forEach(
            owner ->
                notices.tell(
                    tx,
                    alert.community(),
                    owner,
                    Notices.Kind.ENDED_GRANT_USED,
                    id.toString(),
                    now));
  }
}
