package gatehouse.analysis;

import gatehouse.alert.Finding;
import gatehouse.fact.DerivedFact;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model answers to a fact.
 *
 * @param state the state to keep; null: forget the key
 * @param findings what was found, in order
 * @param derived facts for other models
 * @param wakeAt when to wake the model for this key; replaces what an earlier step asked for; null:
 *     not at all. A time that is not after the step's own is taken as at once
 */
public record Step<S>(
    @Nullable S state,
    List<Finding> findings,
    List<DerivedFact> derived,
    @Nullable Instant wakeAt) {

  /** Forget the key. */
  public static <S> Step<S> forget() {
    return new Step<>(null, List.of(), List.of(), null);
  }

  /** Keep this state, nothing found. */
  public static <S> Step<S> keep(@Nullable S state) {
    return new Step<>(state, List.of(), List.of(), null);
  }

  /** The same with these findings. */
  public Step<S> finding(Finding... found) {
    return new Step<>(state, List.of(found), derived, wakeAt);
  }

  /** The same with these findings. */
  public Step<S> findings(List<Finding> found) {
    return new Step<>(state, List.copyOf(found), derived, wakeAt);
  }

  /** The same with a fact for other models. */
  public Step<S> derive(DerivedFact fact) {
    return new Step<>(state, findings, List.of(fact), wakeAt);
  }

  /** The same, to be woken then. */
  public Step<S> wakeAt(@Nullable Instant time) {
    return new Step<>(state, findings, derived, time);
  }
}
