package gatehouse.model;

import gatehouse.alert.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A credential used, or a registered person recognised, as the search for impossible ways remembers
 * it.
 *
 * @param event the event
 * @param community where
 * @param placeName the place as shown to people
 * @param timeZone in which times are shown; empty: UTC
 * @param time when, corrected by what the device's clock is off
 * @param sigma standard deviation of that, in seconds
 * @param credential the credential used; empty: none, a camera recognised the person
 * @param person the registered person, if the device knows
 * @param face whether a face was compared, here or at the reader
 * @param similarity how alike it was on the device's scale; null: not reported, or no face
 */
public record TravelSighting(
    Evidence event,
    String community,
    String placeName,
    String timeZone,
    Instant time,
    double sigma,
    String credential,
    @Nullable String person,
    boolean face,
    @Nullable Double similarity) {

  ZoneId local() {
    return timeZone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(timeZone);
  }

  double secondsTo(TravelSighting other) {
    return Duration.between(time, other.time).abs().toMillis() / 1000.0;
  }

  boolean sameCredential(TravelSighting other) {
    return !credential.isEmpty()
        && credential.equals(other.credential)
        && community.equals(other.community);
  }
}
