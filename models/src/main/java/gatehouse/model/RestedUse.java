package gatehouse.model;

import gatehouse.alert.Evidence;
import gatehouse.event.AccessEvent;
import gatehouse.model.PassageInContext.Blind;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A use of a credential that had not been used for long, or of which no earlier use is known.
 *
 * @param event the use
 * @param community where
 * @param placeName the place as shown to people
 * @param timeZone in which times are shown; empty: UTC
 * @param before the use before it; null: none is known
 * @param watchedSince from when the device's blind times are known
 * @param blind the device's blind times since then
 * @param told whether it was told to the holder
 */
public record RestedUse(
    Evidence event,
    String community,
    String placeName,
    String timeZone,
    @Nullable Evidence before,
    Instant watchedSince,
    List<Blind> blind,
    boolean told) {

  static RestedUse of(PassageInContext passage, AccessEvent use, @Nullable Evidence before) {
    return new RestedUse(
        Evidence.of(use, "dormant-credential.use"),
        use.community(),
        Labels.of(use.place()),
        use.place().timeZone(),
        before,
        passage.watchedSince(),
        passage.blind(),
        false);
  }

  RestedUse told(boolean now) {
    return new RestedUse(event, community, placeName, timeZone, before, watchedSince, blind, now);
  }

  Instant time() {
    return event.time();
  }

  ZoneId local() {
    return timeZone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(timeZone);
  }
}
