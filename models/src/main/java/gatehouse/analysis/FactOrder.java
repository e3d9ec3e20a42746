package gatehouse.analysis;

import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import java.util.Comparator;

/**
 * The one order in which the facts of a key are shown to a model: by time; at equal times what is
 * known before what happened; then by the device's sequence number, the device, the community and
 * the id.
 *
 * <p>It is total and looks at nothing but the facts, so every host and every arrival order gives
 * the same sequence.
 */
public final class FactOrder implements Comparator<Fact> {

  /** The order itself; it has no state. */
  public static final FactOrder INSTANCE = new FactOrder();

  private static final Comparator<Fact> ORDER =
      Comparator.comparing(Fact::time)
          .thenComparing(fact -> fact instanceof DeviceEvent)
          .thenComparingLong(FactOrder::sequence)
          .thenComparing(FactOrder::device)
          .thenComparing(Fact::community)
          .thenComparing(Fact::id);

  private FactOrder() {}

  @Override
  public int compare(Fact left, Fact right) {
    return ORDER.compare(left, right);
  }

  private static long sequence(Fact fact) {
    return fact instanceof DeviceEvent event ? event.origin().seq() : 0;
  }

  private static String device(Fact fact) {
    return fact instanceof DeviceEvent event ? event.origin().device() : "";
  }
}
