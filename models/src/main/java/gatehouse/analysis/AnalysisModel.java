package gatehouse.analysis;

import gatehouse.fact.Fact;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An analysis model (分析模型): a pure function from facts to findings, one state a key.
 *
 * <p>A model has no clock, does no I/O and knows no host. It is made anew for each set of settings,
 * so it keeps nothing in fields but those.
 *
 * @param <E> the facts it looks at; the catalogue entry lists their classes
 * @param <S> its state: a record of simple values, lists of records, instants. Bounded: rings,
 *     sketches, caps
 */
public interface AnalysisModel<E extends Fact, S> {

  /** The keys whose states the fact concerns; empty: the fact is not for this model. */
  List<String> keys(E fact);

  /**
   * Takes the next fact of a key, in the order of {@link FactOrder}.
   *
   * @param key one of {@link #keys}
   * @param state what the last step of this key kept; null at first
   */
  Step<S> onEvent(String key, E fact, @Nullable S state);

  /**
   * Wakes at the {@code wakeAt} of the key's last step, after all facts up to that time.
   *
   * @param now exactly that time
   */
  default Step<S> onWake(String key, Instant now, S state) {
    throw new IllegalStateException(getClass().getSimpleName() + " never asked to be woken");
  }
}
