package gatehouse.ingest;

import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts what became of every message. The messages in hand are kept as a set of their own, so that
 * one settled twice, or never, shows up as a balance that is not zero.
 */
final class Ledger {

  private final Set<Arrival> inHand = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Rejection, Long> rejected = new EnumMap<>(Rejection.class);
  private long received;
  private long published;
  private long duplicates;
  private long returned;

  Ledger() {
    for (Rejection reason : Rejection.values()) {
      rejected.put(reason, 0L);
    }
  }

  synchronized void received(Arrival arrival) {
    received++;
    inHand.add(arrival);
  }

  synchronized void published(Arrival arrival) {
    published++;
    inHand.remove(arrival);
  }

  synchronized void rejected(Arrival arrival, Rejection reason) {
    rejected.merge(reason, 1L, Long::sum);
    inHand.remove(arrival);
  }

  synchronized void duplicate(Arrival arrival) {
    duplicates++;
    inHand.remove(arrival);
  }

  /** Not acknowledged: the broker has it and delivers it again. */
  synchronized void returned(Arrival arrival) {
    returned++;
    inHand.remove(arrival);
  }

  /** All counters of one moment. */
  synchronized Balance balance() {
    return new Balance(
        received, published, Map.copyOf(rejected), duplicates, returned, inHand.size());
  }

  /** The counters of one moment. */
  record Balance(
      long received,
      long published,
      Map<Rejection, Long> rejectedByReason,
      long duplicates,
      long returned,
      int inFlight) {

    long rejected() {
      return rejectedByReason.values().stream().mapToLong(Long::longValue).sum();
    }

    long rejected(Rejection reason) {
      return rejectedByReason.getOrDefault(reason, 0L);
    }

    /** Zero, unless a message was lost or counted twice. */
    long difference() {
      return received - published - rejected() - duplicates - returned - inFlight;
    }
  }
}
