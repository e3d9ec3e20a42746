package gatehouse.model;

import gatehouse.alert.Evidence;
import gatehouse.event.PlateRead;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A plate read as the search for clones remembers it.
 *
 * @param event the read
 * @param community where
 * @param placeName the place as shown to people
 * @param timeZone in which times are shown; empty: UTC
 * @param time when, corrected by what the device's clock is off
 * @param sigma standard deviation of that, in seconds
 * @param confidence of the whole plate
 * @param colour of the vehicle, empty if not reported
 * @param type of the vehicle, empty if not reported
 * @param brand of the vehicle, empty if not reported
 * @param buffered whether the device sent it from its store
 * @param print what a replayed copy of the same read would have in common
 * @param misread probability that another plate was misread
 * @param alternative that plate, empty if none
 * @param alternativeLikelihood probability that it was that plate, misread
 */
public record PlateSighting(
    Evidence event,
    String community,
    String placeName,
    String timeZone,
    Instant time,
    double sigma,
    double confidence,
    String colour,
    String type,
    String brand,
    boolean buffered,
    String print,
    double misread,
    String alternative,
    double alternativeLikelihood) {

  static PlateSighting of(PlateReadInContext context) {
    PlateRead read = context.read();
    return new PlateSighting(
        Evidence.of(read, "cloned-plate.read"),
        read.community(),
        Labels.of(read.place()),
        read.place().timeZone(),
        read.time().minus(context.clockOffset()),
        context.clockSigma(),
        read.confidence(),
        read.vehicleColour(),
        read.vehicleType(),
        read.brand(),
        read.origin().buffered(),
        String.join(
            "|",
            read.community(),
            read.device(),
            read.plateRaw(),
            Double.toString(read.confidence()),
            read.characterConfidence().toString(),
            read.lane(),
            String.valueOf(read.image())),
        context.misreadLikelihood(),
        context.alternative(),
        context.alternativeLikelihood());
  }

  ZoneId local() {
    return timeZone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(timeZone);
  }

  /** The device, unique in the city. */
  String device() {
    return community + '/' + event.device();
  }

  LocalDate day() {
    return LocalDate.ofInstant(time, local());
  }

  double secondsTo(PlateSighting other) {
    return Duration.between(time, other.time).abs().toMillis() / 1000.0;
  }
}
