package gatehouse.model;

import gatehouse.alert.EpisodePolicy;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.FaceCapture;
import gatehouse.event.PlateRead;
import gatehouse.event.SensorReading;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.model.care.SignOfLife;
import gatehouse.model.care.SignOfLife.Kind;
import gatehouse.registry.CareEnrolment;
import gatehouse.site.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the signs of life of enrolled elders among what doors, faces and the consented sensors of
 * the home report. Finds nothing itself; {@link ElderInactivity} uses it.
 *
 * <p>A sensor's word is a sign when it is somebody's doing: motion; a contact that changes; water
 * that begins to run; power that rises over {@code power}, which a refrigerator does not reach. Who
 * of a home's other people comes and goes is told apart by person or unit.
 */
public final class CareSigns implements AnalysisModel<Fact, CareSigns.State> {

  private static final int ENROLMENTS = 16;
  private static final int SENSORS = 16;
  private static final Set<SensorReading.Kind> HOME =
      Set.of(
          SensorReading.Kind.MOTION,
          SensorReading.Kind.DOOR,
          SensorReading.Kind.POWER,
          SensorReading.Kind.WATER);

  private final Settings settings;

  /** The model with these settings. */
  public CareSigns(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "power that nothing reaches by itself", unit = "W") double power)
      implements gatehouse.analysis.Settings {

    /** Kettles and cookers take more, refrigerators less. */
    public static final Settings DEFAULTS = new Settings(800);
  }

  /**
   * What is kept of a person, a unit or a sensor's place.
   *
   * @param enrolments that name it, in the order of recording, at most {@value #ENROLMENTS}
   * @param levels the last value of each sensor there, at most {@value #SENSORS}
   */
  public record State(List<CareEnrolment> enrolments, Map<String, Double> levels) {}

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
            "care-signs",
            1,
            Ordering.EVENT_TIME,
            Set.of(
                CareEnrolment.class,
                AccessEvent.class,
                FaceCapture.class,
                PlateRead.class,
                SensorReading.class),
            State.class,
            Settings.DEFAULTS,
            CareSigns::new,
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Signs of life",
                "生活迹象",
                "Finds the signs of life of enrolled elders; serves elder-inactivity.",
                List.of(),
                LateData.ORDERED,
                List.of(),
                "Own construction"),
            List::of)
        .deriving(SignOfLife.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    String community = fact.community();
    if (fact instanceof CareEnrolment enrolment) {
      return Stream.concat(
              Stream.of(person(community, enrolment.person()), unit(community, enrolment.unit())),
              enrolment.sensors().stream().map(place -> place(community, place)))
          .distinct()
          .toList();
    } else if (fact instanceof AccessEvent access && access.passed()) {
      List<String> keys = new ArrayList<>();
      if (access.person() != null) {
        keys.add(person(community, access.person()));
      }
      if (access.unit() != null) {
        keys.add(unit(community, access.unit()));
      }
      return keys;
    } else if (fact instanceof FaceCapture face && face.person() != null) {
      return List.of(person(community, face.person()));
    } else if (fact instanceof PlateRead read) {
      return read.occupants().stream().distinct().map(who -> person(community, who)).toList();
    } else if (fact instanceof SensorReading reading && HOME.contains(reading.kind())) {
      return List.of(place(community, reading.place().id()));
    }
    return List.of();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    if (fact instanceof CareEnrolment enrolment) {
      State state = before == null ? new State(List.of(), Map.of()) : before;
      return Step.keep(
          new State(Validity.with(state.enrolments(), enrolment, ENROLMENTS), state.levels()));
    }
    return before != null && fact instanceof DeviceEvent event
        ? observed(key, event, before)
        : Step.keep(before);
  }

  private Step<State> observed(String key, DeviceEvent event, State before) {
    List<DerivedFact> signs = new ArrayList<>();
    before.enrolments().stream()
        .map(CareEnrolment::person)
        .distinct()
        .forEach(
            elder -> {
              Kind kind = kind(key, event, elder, before);
              if (kind != null) {
                signs.add(SignOfLife.of(elder, who(elder, kind, event), kind, event));
              }
            });
    return new Step<>(after(event, before), List.of(), List.copyOf(signs), null);
  }

  private @Nullable Kind kind(String key, DeviceEvent event, String elder, State state) {
    CareEnrolment enrolment =
        Validity.at(
            state.enrolments().stream().filter(known -> known.person().equals(elder)).toList(),
            event.time());
    if (enrolment == null) {
      return null;
    } else if (event instanceof SensorReading reading) {
      boolean named = enrolment.sensors().contains(reading.place().id());
      return named && somebodysDoing(reading, state) ? sensed(reading) : null;
    } else if (event instanceof FaceCapture face) {
      return elder.equals(face.person()) ? passed(face.direction()) : null;
    } else if (event instanceof PlateRead read) {
      return read.occupants().contains(elder) ? passed(read.direction()) : null;
    } else if (event instanceof AccessEvent access) {
      return key.equals(person(access.community(), elder))
          ? access.credentialType() == CredentialType.REMOTE
              ? Kind.SEEN
              : passed(access.direction())
          : ofUnit(access, enrolment);
    }
    return null;
  }

  private static String who(String elder, Kind kind, DeviceEvent event) {
    return kind.company() && event instanceof AccessEvent access && access.person() != null
        ? access.person()
        : elder;
  }

  private static Kind sensed(SensorReading reading) {
    return reading.kind() == SensorReading.Kind.DOOR && reading.place().kind() == Place.Kind.DOOR
        ? Kind.ENTRANCE
        : Kind.INSIDE;
  }

  private static Kind passed(Direction direction) {
    return switch (direction) {
      case IN -> Kind.CAME;
      case OUT -> Kind.LEFT;
      case UNKNOWN -> Kind.SEEN;
    };
  }

  /**
   * A use by the unit is the elder's own where nobody else lives, unless it names somebody else.
   */
  private static @Nullable Kind ofUnit(AccessEvent access, CareEnrolment enrolment) {
    if (!enrolment.unit().equals(access.unit()) || enrolment.person().equals(access.person())) {
      return null;
    } else if (access.person() != null) {
      return switch (access.direction()) {
        case IN -> Kind.COMPANY_CAME;
        case OUT -> Kind.COMPANY_LEFT;
        case UNKNOWN -> null;
      };
    }
    return enrolment.livesAlone() && access.credentialType() != CredentialType.REMOTE
        ? passed(access.direction())
        : null;
  }

  private boolean somebodysDoing(SensorReading reading, State state) {
    double now = reading.value();
    double last = state.levels().getOrDefault(sensor(reading), 0.0);
    return switch (reading.kind()) {
      case MOTION -> now > 0 || last > 0;
      case DOOR -> (now > 0) != (last > 0);
      case WATER -> now > 0 && last <= 0;
      case POWER -> now >= settings.power() && last < settings.power();
      default -> false;
    };
  }

  private static State after(DeviceEvent event, State state) {
    if (!(event instanceof SensorReading reading)) {
      return state;
    }
    Map<String, Double> levels = new LinkedHashMap<>(state.levels());
    levels.remove(sensor(reading));
    levels.put(sensor(reading), reading.value());
    if (levels.size() > SENSORS) {
      levels.remove(levels.keySet().iterator().next());
    }
    return new State(state.enrolments(), levels);
  }

  private static String sensor(SensorReading reading) {
    return reading.device() + '/' + reading.kind();
  }

  private static String person(String community, String person) {
    return "person|" + community + '|' + person;
  }

  private static String unit(String community, String unit) {
    return "unit|" + community + '|' + unit;
  }

  private static String place(String community, String place) {
    return "place|" + community + '|' + place;
  }
}
