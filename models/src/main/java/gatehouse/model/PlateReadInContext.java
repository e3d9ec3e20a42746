package gatehouse.model;

import gatehouse.event.PlateRead;
import gatehouse.fact.DerivedFact;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;

/**
 * A plate read together with how likely it is a misread neighbour, and how far its clock is off.
 *
 * @param read the read
 * @param misreadLikelihood probability that this very read arises from another plate of the
 *     community's neighbourhood, 0..1
 * @param alternative the likeliest other plate, empty if none
 * @param alternativeLikelihood probability that this very read arises from that plate
 * @param clockOffset the device's clock minus true time, as it reported last; zero if it never did
 * @param clockSigma standard deviation of the device's clock after that, in seconds
 */
public record PlateReadInContext(
    PlateRead read,
    double misreadLikelihood,
    String alternative,
    double alternativeLikelihood,
    Duration clockOffset,
    double clockSigma)
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
