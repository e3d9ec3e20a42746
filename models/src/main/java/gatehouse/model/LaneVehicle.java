package gatehouse.model;

import gatehouse.alert.Evidence;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A vehicle in a fire lane, as one camera follows it. Tracks break: what vanishes and appears again
 * shortly after under another number is taken for the same vehicle until both are seen.
 *
 * @param id device and track under which it was first seen
 * @param device the camera
 * @param track its track now
 * @param former the track it had before, empty if none
 * @param first its first sighting
 * @param since when it came into the lane
 * @param trackFirst first sighting of the track it has now
 * @param trackSince since when it has that
 * @param last its last sighting
 * @param lastSeen when it was last there
 * @param every the time between its two newest reports; zero: there were none
 * @param leftAt when it left, if the camera said so
 * @param countedFrom since when its time counts: a permit may have let it stand before
 * @param reports how often it was reported
 * @param sure how often with confidence
 * @param exempt whether it is an emergency vehicle
 * @param stage what was judged already: 0 nothing, 1 warning, 2 blocked, 3 blocked for long
 * @param toldAt when the last stage was told; null if none was
 * @param plate its plate, empty if unknown
 */
public record LaneVehicle(
    String id,
    String device,
    String track,
    String former,
    Evidence first,
    Instant since,
    Evidence trackFirst,
    Instant trackSince,
    Evidence last,
    Instant lastSeen,
    Duration every,
    @Nullable Instant leftAt,
    Instant countedFrom,
    int reports,
    int sure,
    boolean exempt,
    int stage,
    @Nullable Instant toldAt,
    String plate) {

  static LaneVehicle entering(String device, String track, Evidence sighting, Instant since) {
    return new LaneVehicle(
        device + '/' + track,
        device,
        track,
        "",
        sighting,
        since,
        sighting,
        since,
        sighting,
        since,
        Duration.ZERO,
        null,
        since,
        0,
        0,
        false,
        0,
        null,
        "");
  }

  LaneVehicle seen(
      Evidence sighting, Instant at, @Nullable Instant left, boolean isSure, boolean emergency) {
    return new LaneVehicle(
        id,
        device,
        track,
        former,
        first,
        since,
        trackFirst,
        trackSince,
        sighting,
        at.isAfter(lastSeen) ? at : lastSeen,
        sighting.time().isAfter(last.time())
            ? Duration.between(last.time(), sighting.time())
            : every,
        left,
        countedFrom,
        reports + 1,
        sure + (isSure ? 1 : 0),
        exempt || emergency,
        stage,
        toldAt,
        plate);
  }

  /** The same under a new track. */
  LaneVehicle continuing(String newTrack, Evidence sighting, Instant from) {
    return new LaneVehicle(
        id,
        device,
        newTrack,
        track,
        first,
        since,
        sighting,
        from,
        last,
        lastSeen,
        every,
        null,
        countedFrom,
        reports,
        sure,
        exempt,
        stage,
        toldAt,
        plate);
  }

  /** The same without the track it was wrongly thought to have now. */
  LaneVehicle withFormerTrack() {
    return new LaneVehicle(
        id,
        device,
        former,
        "",
        first,
        since,
        first,
        since,
        last,
        lastSeen,
        every,
        null,
        countedFrom,
        reports,
        sure,
        exempt,
        stage,
        toldAt,
        plate);
  }

  /** The other vehicle, which has the track that this one was thought to have. */
  LaneVehicle splitOff() {
    return entering(device, track, trackFirst, trackSince)
        .seen(last, lastSeen, leftAt, true, exempt);
  }

  LaneVehicle countedFrom(Instant from) {
    return new LaneVehicle(
        id,
        device,
        track,
        former,
        first,
        since,
        trackFirst,
        trackSince,
        last,
        lastSeen,
        every,
        leftAt,
        from,
        reports,
        sure,
        exempt,
        stage,
        toldAt,
        plate);
  }

  LaneVehicle told(int nowStage, @Nullable Instant at) {
    return new LaneVehicle(
        id,
        device,
        track,
        former,
        first,
        since,
        trackFirst,
        trackSince,
        last,
        lastSeen,
        every,
        leftAt,
        countedFrom,
        reports,
        sure,
        exempt,
        nowStage,
        at,
        plate);
  }

  LaneVehicle withPlate(String read) {
    return new LaneVehicle(
        id,
        device,
        track,
        former,
        first,
        since,
        trackFirst,
        trackSince,
        last,
        lastSeen,
        every,
        leftAt,
        countedFrom,
        reports,
        sure,
        exempt,
        stage,
        toldAt,
        read);
  }

  /** How long it has stood there without leave. */
  Duration standing(Instant now) {
    return Duration.between(countedFrom, now);
  }

  /** Whether it is certainly no shadow. */
  boolean credible(double sureShare) {
    return sure > 0 && sure >= sureShare * reports;
  }
}
