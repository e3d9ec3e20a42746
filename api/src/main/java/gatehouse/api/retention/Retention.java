package gatehouse.api.retention;

import gatehouse.api.ApiSettings;
import gatehouse.api.audit.AuditLog;
import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Once a day, deletes of each class of data what is older than its settings say, and leaves a row
 * that says how much that was.
 */
@Component
public final class Retention {

  private static final Logger log = LoggerFactory.getLogger(Retention.class);
  private static final Duration DAILY = Duration.ofHours(20);

  private final Store store;
  private final ApiSettings settings;
  private final EventSweep events;
  private final RecordSweep records;

  @Autowired
  Retention(
      @Qualifier("consumers") Store store,
      ApiSettings settings,
      AuditLog audit,
      Clock clock,
      Chores chores) {
    this(store, settings, audit);
    chores.every(
        Duration.ofHours(1),
        "retention",
        () -> {
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          if (isDue(now)) {
            run(now);
          }
        });
  }

  Retention(Store store, ApiSettings settings, AuditLog audit) {
    this.store = store;
    this.settings = settings;
    this.events = new EventSweep(store);
    this.records = new RecordSweep(store, audit);
  }

  /** Deletes what is old enough at a time. Doing it twice changes nothing. */
  void run(Instant now) {
    for (DataClass type : DataClass.values()) {
      Instant cutOff = now.minus(type.period(settings));
      Swept swept = sweep(type, cutOff, now);
      store.run(
          Scope.NOBODY,
          tx ->
              tx.update(
                      """
                      insert into retention.run (class, cut_off, rows, kept, at)
                      values (:class, :cutOff, :rows, :kept, :now)
                      """)
                  .bind("class", type.name())
                  .bind("cutOff", cutOff)
                  .bind("rows", swept.rows())
                  .bind("kept", swept.kept())
                  .bind("now", now)
                  .execute());
      if (swept.rows() > 0) {
        log.info("Retention: {} rows of {} before {} are deleted", swept.rows(), type, cutOff);
      }
    }
  }

  private Swept sweep(DataClass type, Instant cutOff, Instant now) {
    return switch (type) {
      case EVENTS -> events.events(cutOff);
      case UNKNOWN_PLATES -> events.unknownPlates(cutOff);
      case ALERTS -> records.alerts(cutOff);
      case REPORTS -> records.reports(cutOff);
      case MESSAGES -> records.messages(cutOff);
      case DISCLOSURES -> records.disclosures(cutOff);
      case SESSIONS -> records.sessions(cutOff);
      case AUDIT -> records.audit(cutOff, now);
    };
  }

  /** Whether the last class was not done today. */
  private boolean isDue(Instant now) {
    return store.in(
        Scope.NOBODY,
        tx ->
            tx.query(
                    """
                    select not exists (
                      select from retention.run where class = :last and at > :since)
                    """)
                .bind("last", DataClass.AUDIT.name())
                .bind("since", now.minus(DAILY))
                .mapTo(Boolean.class)
                .one());
  }
}
