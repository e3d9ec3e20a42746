package gatehouse.model;

import gatehouse.event.Direction;
import gatehouse.event.PlateRead;
import gatehouse.fact.DerivedFact;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A plate read together with how likely it is a misread neighbour, and how far its clock is off.
 *
 * @param read the read
 * @param misreadLikelihood probability that this very read arises from another plate of the
 *     community's neighbourhood, 0..1
 * @param alternative the likeliest other plate, empty if none
 * @param alternativeLikelihood probability that this very read arises from that plate
 * @param clockOffset the device's clock minus true time, as measured, else as it reported last;
 *     else zero
 * @param clockSigma standard deviation of the device's clock after that, in seconds
 * @param registeredAs class under which the plate is registered here at that time, empty if none is
 *     given; null: not registered
 * @param passes how often it was read here before, faded
 * @param beforeWay which way it passed the border of the site before; UNKNOWN if it never did
 * @param beforeAt when that was; null if it never did
 */
public record PlateReadInContext(
    PlateRead read,
    double misreadLikelihood,
    String alternative,
    double alternativeLikelihood,
    Duration clockOffset,
    double clockSigma,
    @Nullable String registeredAs,
    double passes,
    Direction beforeWay,
    @Nullable Instant beforeAt)
    implements DerivedFact {

  /** Plates are followed from community to community, so the community is part of it. */
  @Override
  public String id() {
    return read.community() + '/' + read.device() + '/' + read.id();
  }

  @Override
  public String community() {
    return read.community();
  }

  @Override
  public Instant time() {
    return read.time();
  }

  @Override
  public Place settingsPlace() {
    return read.place();
  }
}
