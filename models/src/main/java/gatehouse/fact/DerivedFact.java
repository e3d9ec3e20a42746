package gatehouse.fact;

import gatehouse.site.Place;
import org.jspecify.annotations.Nullable;

/** What one model worked out for others to use. It never leaves the job. */
public interface DerivedFact extends Fact {

  /**
   * The place it speaks of: where it is shown, the settings of this place and of its class of
   * community hold. Null: it speaks of none, and those of the community hold.
   */
  default @Nullable Place settingsPlace() {
    return null;
  }
}
