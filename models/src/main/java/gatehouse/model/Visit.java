package gatehouse.model;

import gatehouse.alert.Evidence;
import gatehouse.event.DeviceEvent;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody came in and was not seen to leave yet.
 *
 * @param community where
 * @param subjectType credential or plate
 * @param subject its id
 * @param role in which role; null: a stay in one zone, where the role does not matter
 * @param zone id of the zone that limits the stay; empty: the site
 * @param zoneName as shown to people
 * @param allowed how long the zone allows; null for the site
 * @param entered how it came in
 * @param placeName where, as shown to people
 * @param zones ids of the zones it came into
 * @param limit until when it may stay
 * @param colour of the vehicle, empty if unknown
 * @param type of the vehicle, empty if unknown
 * @param doubtful whether a vehicle that looks like it left without a plate that was read
 * @param judged whether its limit has passed
 * @param stage what was told: 0 nothing, 1 too long, 2 a week, 3 two weeks
 * @param confirmed whether it was seen inside after its limit
 * @param toldAt when it was told last; null if never
 * @param closedAt when it left; null if it is there
 */
public record Visit(
    String community,
    String subjectType,
    String subject,
    @Nullable StayRole role,
    String zone,
    String zoneName,
    @Nullable Duration allowed,
    Evidence entered,
    String placeName,
    List<String> zones,
    Instant limit,
    String colour,
    String type,
    boolean doubtful,
    boolean judged,
    int stage,
    boolean confirmed,
    @Nullable Instant toldAt,
    @Nullable Instant closedAt) {

  /** The stay on the site that begins with this event. */
  static Visit of(
      DeviceEvent event,
      String subjectType,
      String subject,
      @Nullable StayRole role,
      @Nullable Zone limiting,
      String colour,
      String type) {
    Place place = event.place();
    return new Visit(
        event.community(),
        subjectType,
        subject,
        role,
        limiting == null ? "" : limiting.id(),
        limiting == null ? "" : Labels.of(limiting),
        limiting == null ? null : limiting.allowedStay(),
        Evidence.of(event, "overstay.entered"),
        Labels.of(place),
        limiting == null
            ? place.to().stream()
                .filter(zone -> !UnseenCrossing.contains(place.from(), zone))
                .map(Zone::id)
                .toList()
            : List.of(limiting.id()),
        event.time(),
        colour,
        type,
        false,
        false,
        0,
        false,
        null,
        null);
  }

  /** Unique among the open visits. */
  String key() {
    return key(subjectType, subject, zone);
  }

  static String key(String subjectType, String subject, String zone) {
    return String.join("|", subjectType, subject, zone);
  }

  String episode() {
    return "stay|" + key() + '|' + entered.eventId();
  }

  Instant since() {
    return entered.time();
  }

  Visit until(Instant nowLimit) {
    return new Visit(
        community,
        subjectType,
        subject,
        role,
        zone,
        zoneName,
        allowed,
        entered,
        placeName,
        zones,
        nowLimit,
        colour,
        type,
        doubtful,
        judged,
        stage,
        confirmed,
        toldAt,
        closedAt);
  }

  Visit doubted() {
    return with(true, judged, stage, confirmed, toldAt, closedAt);
  }

  Visit beyondLimit() {
    return with(doubtful, true, stage, confirmed, toldAt, closedAt);
  }

  Visit told(int nowStage, boolean seenInside, Instant at) {
    return with(doubtful, true, nowStage, seenInside, at, closedAt);
  }

  Visit takenBack() {
    return with(doubtful, false, 0, confirmed, null, closedAt);
  }

  Visit closed(Instant at) {
    return with(doubtful, judged, stage, confirmed, toldAt, at);
  }

  private Visit with(
      boolean nowDoubtful,
      boolean nowJudged,
      int nowStage,
      boolean nowConfirmed,
      @Nullable Instant nowToldAt,
      @Nullable Instant nowClosedAt) {
    return new Visit(
        community,
        subjectType,
        subject,
        role,
        zone,
        zoneName,
        allowed,
        entered,
        placeName,
        zones,
        limit,
        colour,
        type,
        nowDoubtful,
        nowJudged,
        nowStage,
        nowConfirmed,
        nowToldAt,
        nowClosedAt);
  }
}
