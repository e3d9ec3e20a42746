package gatehouse.model.tailgate;

import gatehouse.alert.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * Somebody was let in.
 *
 * @param use the event
 * @param credential the credential; empty if none was recognised
 * @param person the holder, if the device knows
 */
public record Grant(Evidence use, String credential, @Nullable String person) {}
