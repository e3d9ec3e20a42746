package gatehouse.ingest.decode;

import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.FaceCapture;
import gatehouse.event.PlateRead;
import gatehouse.event.TrackSighting;
import gatehouse.ingest.decode.UnreadableException.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The ranges that the events declare: a firmware that sends percent instead of 0..1 is refused. */
final class Plausible {

  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  private Plausible() {}

  static void require(DeviceEvent event) throws UnreadableException {
    if (event instanceof PlateRead read) {
      share("confidence", read.confidence());
      for (double confidence : read.characterConfidence()) {
        share("characterConfidence", confidence);
      }
    } else if (event instanceof FaceCapture face) {
      share("similarity", face.similarity());
      share("quality", face.quality());
    } else if (event instanceof TrackSighting track) {
      share("confidence", track.confidence());
      if (track.count() < 0) {
        throw wrong("count must not be negative");
      }
      instant("enteredAt", track.enteredAt());
      instant("leftAt", track.leftAt());
    } else if (event instanceof DeviceStatus status && status.bufferFill() != null) {
      share("bufferFill", status.bufferFill());
    }
  }

  private static void share(String field, double value) throws UnreadableException {
    if (!(value >= 0 && value <= 1)) {
      throw wrong(field + " must be from 0 to 1");
    }
  }

  private static void instant(String field, @Nullable Instant value) throws UnreadableException {
    if (value != null && (value.isBefore(FIRST) || !value.isBefore(LAST))) {
      throw wrong(field + " must be from 1970 to 2199");
    }
  }

  private static UnreadableException wrong(String what) {
    return new UnreadableException(Kind.SCHEMA, what);
  }
}
