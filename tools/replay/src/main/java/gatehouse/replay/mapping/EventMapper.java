package gatehouse.replay.mapping;

import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.FaceCapture;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.event.Plates;
import gatehouse.event.PoleAlarm;
import gatehouse.event.SensorReading;
import gatehouse.event.TagRead;
import gatehouse.event.TrackSighting;
import gatehouse.replay.log.BadRowException;
import gatehouse.replay.log.Row;
import gatehouse.site.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes events of the rows of a log. */
public final class EventMapper {

  private final Mapping mapping;
  private final String community;
  private final Stations stations;
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Place> places = new HashMap<>();

  /** A mapper that notes every place and device in {@code stations}. */
  public EventMapper(Mapping mapping, String community, Stations stations) {
    this.mapping = mapping;
    this.community = community;
    this.stations = stations;
  }

  /**
   * The events a row stands for; none if it is to be ignored.
   *
   * @throws BadRowException if it should stand for one and does not
   */
  public List<LoggedEvent> events(Row row) throws BadRowException {
    if (row.values().stream().allMatch(String::isEmpty)) {
      return List.of();
    }
    for (Condition ignored : mapping.ignore()) {
      if (ignored.holds(row)) {
        return List.of();
      }
    }
    List<LoggedEvent> events = new ArrayList<>(1);
    for (EventRule rule : mapping.events()) {
      if (rule.when().holds(row)) {
        events.add(
            new LoggedEvent(row.line(), new Reading(row, rule.fields()).event(events.size())));
        if (!mapping.all()) {
          break;
        }
      }
    }
    if (events.isEmpty()) {
      throw new BadRowException(
          "no entry under 'events' is meant for it; add one, or its values under 'ignore'.");
    }
    return events;
  }

  /** One event of one row. */
  private final class Reading {

    private final Row row;
    private final Map<FieldName, Field> fields;

    Reading(Row row, Map<FieldName, Field> fields) {
      this.row = row;
      this.fields = fields;
    }

    DeviceEvent event(int number) throws BadRowException {
      Origin origin = origin(number);
      return switch (word(FieldName.KIND, EventKind.class, EventKind.ACCESS)) {
        case ACCESS -> access(origin);
        case PLATE -> plate(origin);
        case FACE -> face(origin);
        case DOOR ->
            new DoorEvent(
                origin,
                Words.read(FieldName.CHANGE, DoorEvent.Change.class, text(FieldName.CHANGE)));
        case TRACK -> track(origin);
        case TAG ->
            new TagRead(
                origin,
                needed(FieldName.SUBJECT),
                number(FieldName.SIGNAL, 0),
                text(FieldName.ANTENNA),
                direction(),
                text(FieldName.SUBJECT_TYPE));
        case SENSOR ->
            new SensorReading(
                origin,
                word(FieldName.SENSOR, SensorReading.Kind.class, SensorReading.Kind.OTHER),
                number(FieldName.VALUE, 0),
                text(FieldName.MEASURE),
                truth(FieldName.ALARM));
        case POLE ->
            new PoleAlarm(
                origin,
                Words.read(FieldName.ALARM, PoleAlarm.Kind.class, text(FieldName.ALARM)),
                text(FieldName.STATE).isEmpty() || truth(FieldName.STATE));
        case STATUS ->
            new DeviceStatus(
                origin,
                word(FieldName.STATE, DeviceStatus.State.class, DeviceStatus.State.ONLINE),
                "",
                text(FieldName.TAMPER).isEmpty() ? List.of() : List.of(text(FieldName.TAMPER)),
                null,
                null);
      };
    }

    private Origin origin(int number) throws BadRowException {
      Instant time = mapping.times().read(text(FieldName.TIME));
      String place = text(FieldName.PLACE);
      String device = text(FieldName.DEVICE);
      if (place.isEmpty() && device.isEmpty()) {
        throw new BadRowException("the place is empty.");
      }
      Stations.Station station = stations.at(place, device);
      return new Origin(
          EventId.of(row.line(), number),
          community,
          station.device(),
          places.computeIfAbsent(station.place(), Place::of),
          time,
          time,
          EventId.BOOT,
          (long) row.line() * mapping.events().size() + number,
          false,
          ClockQuality.UNKNOWN);
    }

    private AccessEvent access(Origin origin) throws BadRowException {
      Outcome outcome = word(FieldName.OUTCOME, Outcome.class, Outcome.UNKNOWN);
      DenialReason byDefault = outcome == Outcome.DENIED ? DenialReason.OTHER : DenialReason.NONE;
      return new AccessEvent(
          origin,
          text(FieldName.SUBJECT),
          word(FieldName.CREDENTIAL_TYPE, CredentialType.class, CredentialType.OTHER),
          text(FieldName.SUBJECT_TYPE),
          orNull(FieldName.PERSON),
          orNull(FieldName.UNIT),
          direction(),
          outcome,
          word(FieldName.REASON, DenialReason.class, byDefault),
          truth(FieldName.DURESS),
          null);
    }

    private PlateRead plate(Origin origin) throws BadRowException {
      String raw = text(FieldName.SUBJECT);
      String vehicleType = text(FieldName.VEHICLE_TYPE);
      return new PlateRead(
          origin,
          shared(Plates.canonical(raw)),
          raw,
          share(FieldName.CONFIDENCE),
          List.of(),
          text(FieldName.PLATE_COLOUR),
          text(FieldName.VEHICLE_COLOUR),
          vehicleType.isEmpty() ? text(FieldName.SUBJECT_TYPE) : vehicleType,
          text(FieldName.BRAND),
          text(FieldName.LANE),
          direction(),
          word(FieldName.OUTCOME, Outcome.class, Outcome.UNKNOWN),
          text(FieldName.PERSON).isEmpty() ? List.of() : List.of(text(FieldName.PERSON)),
          null);
    }

    private FaceCapture face(Origin origin) throws BadRowException {
      String person = text(FieldName.PERSON);
      return new FaceCapture(
          origin,
          person.isEmpty() ? null : person,
          orNull(FieldName.SUBJECT),
          share(FieldName.SIMILARITY),
          share(FieldName.QUALITY),
          null,
          direction(),
          null);
    }

    private TrackSighting track(Origin origin) throws BadRowException {
      double count = number(FieldName.COUNT, 1);
      if (count != Math.rint(count) || count < 0 || count > 1_000_000) {
        throw new BadRowException("the count is not a whole number from 0 to 1000000.");
      }
      return new TrackSighting(
          origin,
          text(FieldName.SUBJECT),
          word(FieldName.TRACK_KIND, TrackSighting.Kind.class, TrackSighting.Kind.PERSON),
          time(FieldName.ENTERED_AT),
          time(FieldName.LEFT_AT),
          (int) count,
          share(FieldName.CONFIDENCE),
          direction(),
          text(FieldName.SUBJECT_TYPE));
    }

    private Direction direction() throws BadRowException {
      return word(FieldName.DIRECTION, Direction.class, Direction.UNKNOWN);
    }

    private String text(FieldName name) throws BadRowException {
      Field field = fields.get(name);
      return field == null ? "" : shared(field.text(row));
    }

    private @Nullable String orNull(FieldName name) throws BadRowException {
      String text = text(name);
      return text.isEmpty() ? null : text;
    }

    private String needed(FieldName name) throws BadRowException {
      String text = text(name);
      if (text.isEmpty()) {
        throw new BadRowException("the " + name.key() + " is empty.");
      }
      return text;
    }

    private <E extends Enum<E>> E word(FieldName name, Class<E> type, E byDefault)
        throws BadRowException {
      String text = text(name);
      return text.isEmpty() ? byDefault : Words.read(name, type, text);
    }

    private boolean truth(FieldName name) throws BadRowException {
      return word(name, Words.Truth.class, Words.Truth.FALSE) == Words.Truth.TRUE;
    }

    private @Nullable Instant time(FieldName name) throws BadRowException {
      String text = text(name);
      return text.isEmpty() ? null : mapping.times().read(text);
    }

    /** A share of 1; logs write 0.97, 97 or 97%. */
    private double share(FieldName name) throws BadRowException {
      double number = number(name, 1);
      double share = number > 1 ? number / 100 : number;
      if (share < 0 || share > 1) {
        throw new BadRowException("the " + name.key() + " is not from 0 to 1 or 0 % to 100 %.");
      }
      return share;
    }

    private double number(FieldName name, double byDefault) throws BadRowException {
      String text = text(name);
      if (text.isEmpty()) {
        return byDefault;
      }
      try {
        double number = Double.parseDouble(text.replace("%", "").replace(',', '.').strip());
        if (Double.isFinite(number)) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw new BadRowException("the " + name.key() + " is not a number.");
      }
      throw new BadRowException("the " + name.key() + " is not a finite number.");
    }

    private String shared(String text) {
      String known = texts.putIfAbsent(text, text);
      return known == null ? text : known;
    }
  }
}
