package gatehouse.model;

import gatehouse.alert.Evidence;
import gatehouse.fact.DerivedFact;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Something is wrong with a device from a moment on, or no longer.
 *
 * @param id of device, kind and moment
 * @param community its community
 * @param time when that was known
 * @param device the device
 * @param place where it stands
 * @param kind what is wrong
 * @param active whether it begins; false: it is over
 * @param since since when it has been so
 * @param sudden whether it changed; false: it was so when the device was first known
 * @param important whether it matters more than others: a vehicle gate, a fire detector
 * @param interval how often the device reports, as far as known: others of its line follow as soon
 * @param values what to say of it
 * @param last the newest event it rests on
 */
public record DeviceFault(
    String id,
    String community,
    Instant time,
    String device,
    Place place,
    Kind kind,
    boolean active,
    Instant since,
    boolean sudden,
    boolean important,
    Duration interval,
    Map<String, String> values,
    Evidence last)
    implements DerivedFact {

  /** What can be wrong. */
  public enum Kind {
    SILENT,
    LOSSY,
    CLOCK,
    DUPLICATES,
    RESENT,
    QUALITY
  }
}
