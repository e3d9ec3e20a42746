package gatehouse.model.tailgate;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one use of a credential beyond the event.
 *
 * @param use id of the event
 * @param at when that became known
 * @param holder who holds the credential, if known
 * @param members who lives in its unit; empty: not known
 * @param passes visitor's passes of the unit
 */
public record Household(
    String use, Instant at, @Nullable String holder, List<String> members, int passes) {

  /** The same with the holder. */
  public Household heldBy(@Nullable String person) {
    return new Household(use, at, person, members, passes);
  }

  /** The same with who lives in the unit. */
  public Household living(List<String> persons, int expected) {
    return new Household(use, at, holder, persons, expected);
  }
}
