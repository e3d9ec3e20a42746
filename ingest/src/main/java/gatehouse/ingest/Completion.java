package gatehouse.ingest;

import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.FaceCapture;
import gatehouse.event.PlateRead;
import gatehouse.event.Plates;
import gatehouse.event.TagRead;
import gatehouse.event.TrackSighting;

/** Fills in what the device cannot or need not say. */
final class Completion {

  private Completion() {}

  /**
   * The event with the canonical plate, and with the direction its device faces where it does not
   * say one.
   */
  static DeviceEvent complete(DeviceEvent event, Direction side) {
    if (event instanceof PlateRead read) {
      return plate(read, direction(read.direction(), side));
    } else if (event instanceof AccessEvent access) {
      return access(access, direction(access.direction(), side));
    } else if (event instanceof FaceCapture face) {
      return face(face, direction(face.direction(), side));
    } else if (event instanceof TagRead tag) {
      return tag(tag, direction(tag.direction(), side));
    } else if (event instanceof TrackSighting track) {
      return track(track, direction(track.direction(), side));
    }
    return event;
  }

  private static Direction direction(Direction said, Direction side) {
    return said == Direction.UNKNOWN ? side : said;
  }

  private static PlateRead plate(PlateRead read, Direction direction) {
    return new PlateRead(
        read.origin(),
        Plates.canonical(read.plateRaw()),
        read.plateRaw(),
        read.confidence(),
        read.characterConfidence(),
        read.plateColour(),
        read.vehicleColour(),
        read.vehicleType(),
        read.brand(),
        read.lane(),
        direction,
        read.outcome(),
        read.occupants(),
        read.image());
  }

  private static AccessEvent access(AccessEvent access, Direction direction) {
    return new AccessEvent(
        access.origin(),
        access.credential(),
        access.credentialType(),
        access.subjectType(),
        access.person(),
        access.unit(),
        direction,
        access.outcome(),
        access.reason(),
        access.duress(),
        access.command());
  }

  private static FaceCapture face(FaceCapture face, Direction direction) {
    return new FaceCapture(
        face.origin(),
        face.person(),
        face.localSubject(),
        face.similarity(),
        face.quality(),
        face.live(),
        direction,
        face.image());
  }

  private static TagRead tag(TagRead tag, Direction direction) {
    return new TagRead(
        tag.origin(), tag.tag(), tag.rssi(), tag.antenna(), direction, tag.subjectType());
  }

  private static TrackSighting track(TrackSighting track, Direction direction) {
    return new TrackSighting(
        track.origin(),
        track.track(),
        track.kind(),
        track.enteredAt(),
        track.leftAt(),
        track.count(),
        track.confidence(),
        direction,
        track.subjectType());
  }
}
