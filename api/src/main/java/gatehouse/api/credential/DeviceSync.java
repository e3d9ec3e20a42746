package gatehouse.api.credential;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one terminal's list stands.
 *
 * @param online whether the terminal is connected
 * @param desired entries that the registry wants
 * @param confirmed of those, how many a read-back proved
 * @param pending entries that wait to be sent or proved
 * @param drift entries that were changed without the platform and are not repaired
 * @param stillOpen entries that the terminal may hold though the registry does not want them
 * @param oldestPending since when the oldest of them waits
 * @param revision the list's revision, as the terminal said last
 * @param readTime the last read-back of the whole list
 * @param readDueTime when the next is due
 * @param lastError why the last command failed, if it did
 * @param drifts how many entries were ever changed without the platform
 */
public record DeviceSync(
    String community,
    String device,
    String place,
    String placeName,
    boolean online,
    int desired,
    int confirmed,
    int pending,
    int drift,
    int stillOpen,
    @Nullable Instant oldestPending,
    long revision,
    @Nullable Instant readTime,
    Instant readDueTime,
    @Nullable String lastError,
    long drifts) {}
