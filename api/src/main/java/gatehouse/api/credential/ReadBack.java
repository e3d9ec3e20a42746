package gatehouse.api.credential;

import gatehouse.api.door.DoorLink;
import gatehouse.api.door.DoorTopic;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.credential.CredentialEntry;
import gatehouse.credential.CredentialListAnswer;
import gatehouse.credential.ListDigest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Takes what terminals say of their lists. An answer counts only for the command that is under way
 * with that terminal, on that terminal's own topic; whatever the terminal claims, only a list or a
 * digest that matches makes an entry confirmed.
 */
@Component
final class ReadBack {

  private static final Logger log = LoggerFactory.getLogger(ReadBack.class);

  private final Store store;
  private final Clock clock;
  private final Counter ignored;
  private final Counter refused;
  private final Counter drifted;

  ReadBack(
      @Qualifier("ledger") Store store,
      DoorLink link,
      Lanes lanes,
      Clock clock,
      MeterRegistry metrics) {
    this.store = store;
    this.clock = clock;
    this.ignored =
        Counter.builder("gatehouse.credential.answers.ignored")
            .description("Answers of terminals to no command that is under way")
            .register(metrics);
    this.refused =
        Counter.builder("gatehouse.credential.refusals")
            .description("Commands for lists that terminals refused")
            .register(metrics);
    this.drifted =
        Counter.builder("gatehouse.credential.drifts")
            .description("Entries of lists that were changed without the platform")
            .register(metrics);
    link.onList(
        (topic, answer) -> {
          Ledger.Key terminal = key(topic);
          lanes.offer(terminal, () -> take(terminal, answer));
        });
  }

  private static Ledger.Key key(DoorTopic topic) {
    return new Ledger.Key(topic.community(), topic.device());
  }

  private void take(Ledger.Key terminal, CredentialListAnswer answer) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    store.run(
        Scope.NOBODY,
        tx -> {
          Ledger.hold(tx, terminal);
          Ledger.Device device = Ledger.device(tx, terminal).orElse(null);
          if (device == null
              || device.command() == null
              || !device.command().toString().equals(answer.command())) {
            // To another instance's turn, too late, or to a message that was not ours.
            ignored.increment();
            return;
          }
          Ledger.said(tx, terminal, answer.revision());
          switch (answer.outcome()) {
            case REFUSED -> refused(tx, device, answer, now);
            case APPLIED -> {
              Ledger.over(tx, terminal, now);
              Ledger.readSoon(tx, terminal, now);
            }
            case READ -> read(tx, device, answer, now);
          }
        });
  }

  private void refused(
      Transaction tx, Ledger.Device device, CredentialListAnswer answer, Instant now) {
    refused.increment();
    log.warn(
        "{}/{} refused a command for its list, {}",
        device.key().community(),
        device.key().device(),
        answer.refusal().name());
    Ledger.notApplied(tx, device, answer.refusal().name(), now);
    Ledger.failed(tx, device, answer.refusal().name(), now);
    Ledger.readSoon(tx, device.key(), now);
  }

  private void read(
      Transaction tx, Ledger.Device device, CredentialListAnswer answer, Instant now) {
    Ledger.Key terminal = device.key();
    if (device.reading() == null) {
      digest(tx, device, answer, now);
      return;
    }
    if (answer.more() && answer.entries().isEmpty()) {
      Ledger.failed(tx, device, "MALFORMED", now);
      return;
    }
    Ledger.page(tx, terminal, answer.entries());
    if (answer.more()) {
      List<CredentialEntry> page = answer.entries();
      Ledger.reading(tx, terminal, page.get(page.size() - 1).credential());
      Ledger.over(tx, terminal, now);
      return;
    }
    if (!ListDigest.of(Ledger.pages(tx, terminal)).equals(answer.digest())) {
      // The list was changed between two pages.
      Ledger.restartReading(tx, terminal);
      Ledger.failed(tx, device, "CHANGED_MEANWHILE", now);
      return;
    }
    int drifts = Ledger.compare(tx, terminal, answer.revision(), now);
    if (drifts > 0) {
      drifted.increment(drifts);
      log.warn(
          "{} entries of the list of {}/{} were changed without the platform",
          drifts,
          terminal.community(),
          terminal.device());
    }
    if (Ledger.differs(tx, terminal)) {
      Ledger.failed(tx, device, drifts > 0 ? "DRIFT" : "NOT_APPLIED", now);
    } else {
      Ledger.over(tx, terminal, now);
      Ledger.settled(tx, terminal);
    }
  }

  private void digest(
      Transaction tx, Ledger.Device device, CredentialListAnswer answer, Instant now) {
    Ledger.Key terminal = device.key();
    if (ListDigest.of(Ledger.expected(tx, terminal)).equals(answer.digest())) {
      Ledger.proved(tx, terminal, answer.revision(), now);
      Ledger.settled(tx, terminal);
    } else {
      Ledger.restartReading(tx, terminal);
    }
    Ledger.over(tx, terminal, now);
  }
}
