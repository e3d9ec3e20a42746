package gatehouse.score.real;

import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.Step;
import gatehouse.event.ClockQuality;
import gatehouse.event.Origin;
import gatehouse.event.SensorReading;
import gatehouse.fact.DerivedFact;
import gatehouse.model.CareSigns;
import gatehouse.model.ElderInactivity;
import gatehouse.registry.CareEnrolment;
import gatehouse.registry.Entry;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sensor log of a real home of somebody living alone, with labelled sleep and absence: T. van
 * Kasteren et al., UbiComp 2008, house A (28 days), or F. Ordóñez et al., Sensors 2013, home B (21
 * days). Replayed causally: the model learns as it goes. Every alert is a false one, because both
 * lived on; a silence is cut in every hour at home of the second half, and the time until the alert
 * is measured.
 *
 * @param folder its folder
 * @param days how long the log is
 * @param log how its files are read
 */
record CareHome(String folder, int days, Log log) implements RealData {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /**
   * How a home's two files are read.
   *
   * @param sensors file of what sensors saw
   * @param sensor pattern of a sensor at the end of its line
   * @param activities file of what was labelled
   * @param activity pattern of an activity at the end of its line
   * @param times the format of times in both
   * @param entrance how the sensor of the home's door begins
   * @param sleep the label of sleep
   * @param absence the label of absence
   */
  record Log(
      String sensors,
      String sensor,
      String activities,
      String activity,
      String times,
      String entrance,
      String sleep,
      String absence) {}

  /** House A of van Kasteren. */
  static CareHome kasteren() {
    return new CareHome(
        "kasteren",
        28,
        new Log(
            "kasterenSenseData.txt",
            "(\\d+)\\s+1$",
            "kasterenActData.txt",
            "(\\d+)\\s*$",
            "dd-MMM-yyyy HH:mm:ss",
            "12",
            "10",
            "1"));
  }

  /** Home B of Ordóñez. */
  static CareHome ordonezB() {
    return new CareHome(
        "uci-adl-b",
        21,
        new Log(
            "OrdonezB_Sensors.txt",
            "(\\S+\\s+\\S+\\s+\\S+)\\s*$",
            "OrdonezB_ADLs.txt",
            "(\\S+)\\s*$",
            "yyyy-MM-dd HH:mm:ss",
            "Maindoor",
            "Sleeping",
            "Leaving"));
  }

  /** A span of the log: a sensor that fired, or an activity that was labelled. */
  private record Span(Instant from, Instant to, String what) {

    private boolean covers(Instant time) {
      return !time.isBefore(from) && time.isBefore(to);
    }
  }

  /**
   * What came of a home.
   *
   * @param calls false calls
   * @param visits false visits
   * @param callAfter how long each silence cut in lasted until the call
   * @param visitAfter until the visit
   * @param visitAfterByDay the same for silences that began between 8 and 20 h
   * @param takenForAbsence silences right after the home's door, taken for an absence
   * @param asleepOrOut false calls during labelled sleep or absence
   */
  record Outcome(
      List<Instant> calls,
      List<Instant> visits,
      List<Duration> callAfter,
      List<Duration> visitAfter,
      List<Duration> visitAfterByDay,
      List<Instant> takenForAbsence,
      List<Instant> asleepOrOut) {}

  @Override
  public String what() {
    return "elder-inactivity in the home of somebody alone, " + days + " days, causal";
  }

  @Override
  public String result(Path data) throws IOException {
    Outcome outcome = replayed(data);
    return String.format(
        Locale.ROOT,
        "%s during labelled sleep or absence, false calls: %d, false visits: %d; silences cut in found"
            + " after %s (call), %s (visit), median",
        outcome.asleepOrOut().isEmpty() ? "no call" : outcome.asleepOrOut().size() + " calls",
        outcome.calls().size(),
        outcome.visits().size(),
        hours(quantile(outcome.callAfter(), 0.5)),
        hours(quantile(outcome.visitAfter(), 0.5)));
  }

  private static String hours(Duration duration) {
    return duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }

  /** Replays the log. */
  Outcome replayed(Path data) throws IOException {
    List<Span> labels = spans(data.resolve(log.activities()), log.times(), log.activity());
    Outcome outcome =
        replayed(
            spans(data.resolve(log.sensors()), log.times(), log.sensor()),
            log.entrance(),
            labels.stream().filter(label -> label.what().equals(log.absence())).toList());
    for (Instant call : outcome.calls()) {
      if (labels.stream()
          .filter(one -> one.what().equals(log.sleep()) || one.what().equals(log.absence()))
          .anyMatch(label -> label.covers(call))) {
        outcome.asleepOrOut().add(call);
      }
    }
    return outcome;
  }

  private static Outcome replayed(List<Span> sensors, String entrance, List<Span> absences) {
    Home home = new Home(sensors, entrance);
    List<SensorReading> readings = home.readings();
    Instant begin = readings.get(0).time();
    Instant end = readings.get(readings.size() - 1).time();
    Instant half = begin.plus(Duration.between(begin, end).dividedBy(2));
    Outcome outcome =
        new Outcome(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    Instant cut = half;
    for (SensorReading reading : readings) {
      for (; cut.isBefore(reading.time()); cut = cut.plus(Duration.ofHours(1))) {
        Instant here = cut;
        if (absences.stream().noneMatch(absence -> absence.covers(here))) {
          home.silence(cut, outcome);
        }
      }
      home.until(reading.time(), outcome);
      home.take(reading);
    }
    return outcome;
  }

  /** A home with its models. */
  private static final class Home {

    private static final String ELDER = "elder";
    private final ElderInactivity model = new ElderInactivity(ElderInactivity.Settings.DEFAULTS);
    private final CareSigns signs = new CareSigns(CareSigns.Settings.DEFAULTS);
    private final List<Span> sensors;
    private final String entrance;
    private final CareEnrolment enrolment;
    private final Map<String, CareSigns.State> places = new HashMap<>();
    private ElderInactivity.@Nullable State state;
    private @Nullable Instant wakeAt;

    Home(List<Span> sensors, String entrance) {
      this.sensors = sensors;
      this.entrance = entrance;
      Set<String> ids = new HashSet<>();
      sensors.forEach(sensor -> ids.add(sensor.what()));
      this.enrolment =
          new CareEnrolment(
              new Entry("care-1", "home", Instant.EPOCH, Instant.EPOCH, null),
              ELDER,
              "u1",
              true,
              false,
              false,
              List.copyOf(ids));
      for (String key : signs.keys(enrolment)) {
        places.put(key, signs.onEvent(key, enrolment, null).state());
      }
      state = model.onEvent("home|elder", enrolment, null).state();
    }

    List<SensorReading> readings() {
      List<SensorReading> readings = new ArrayList<>();
      for (Span sensor : sensors) {
        readings.add(reading(sensor.what(), sensor.from(), 1));
        readings.add(reading(sensor.what(), sensor.to(), 0));
      }
      readings.sort(Comparator.comparing(SensorReading::time));
      return readings;
    }

    private SensorReading reading(String sensor, Instant at, double value) {
      boolean door = sensor.startsWith(entrance);
      return new SensorReading(
          new Origin(
              sensor + at + value,
              "home",
              sensor,
              place(sensor, door ? Place.Kind.DOOR : Place.Kind.ROOM),
              at,
              at,
              "",
              -1,
              false,
              ClockQuality.UNKNOWN),
          door ? SensorReading.Kind.DOOR : SensorReading.Kind.MOTION,
          value,
          "",
          false);
    }

    private static Place place(String id, Place.Kind kind) {
      return new Place(
          id,
          kind,
          "",
          "",
          "",
          ZONE.getId(),
          List.of(),
          List.of(),
          null,
          DoorSpec.NONE,
          List.of(),
          Map.of());
    }

    void take(SensorReading reading) {
      for (String key : signs.keys(reading)) {
        Step<CareSigns.State> step = signs.onEvent(key, reading, places.get(key));
        places.put(key, step.state());
        for (DerivedFact sign : step.derived()) {
          Step<ElderInactivity.State> next = model.onEvent("home|elder", sign, state);
          state = next.state();
          wakeAt = next.wakeAt();
        }
      }
    }

    /** Time goes on until the next reading; every alert is false. */
    void until(Instant time, Outcome outcome) {
      while (wakeAt != null && wakeAt.isBefore(time) && state != null) {
        Instant now = wakeAt;
        Step<ElderInactivity.State> step = model.onWake("home|elder", now, state);
        for (Finding finding : step.findings()) {
          (finding.severity() == Severity.P3 ? outcome.calls() : outcome.visits()).add(now);
        }
        state = step.state();
        wakeAt = step.wakeAt();
      }
    }

    /** What would happen if from here on nothing were heard any more. */
    void silence(Instant from, Outcome outcome) {
      ElderInactivity.State then = state;
      Instant due = wakeAt;
      boolean called = false;
      while (due != null && then != null) {
        Step<ElderInactivity.State> step = model.onWake("home|elder", due, then);
        for (Finding finding : step.findings()) {
          Duration after = due.isAfter(from) ? Duration.between(from, due) : Duration.ZERO;
          if (finding.explanation().code().equals("elder-inactivity.not-returned")) {
            outcome.takenForAbsence().add(from);
          } else if (!called) {
            called = true;
            outcome.callAfter().add(after);
          }
          if (finding.severity() != Severity.P3) {
            outcome.visitAfter().add(after);
            int hour = from.atZone(ZONE).getHour();
            if (hour >= 8 && hour < 20) {
              outcome.visitAfterByDay().add(after);
            }
            return;
          }
        }
        then = step.state();
        due = step.wakeAt();
      }
    }
  }

  /** The q-quantile of some delays. */
  static Duration quantile(List<Duration> delays, double q) {
    List<Duration> sorted = delays.stream().sorted().toList();
    return sorted.get((int) (sorted.size() * q));
  }

  /** Rows of "start, end, what"; rows that are not are left out. */
  private static List<Span> spans(Path file, String format, String what) throws IOException {
    DateTimeFormatter time = DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
    String pattern = format.startsWith("dd") ? "\\d\\d-\\w{3}-\\d{4}" : "\\d{4}-\\d\\d-\\d\\d";
    Pattern row =
        Pattern.compile("^(" + pattern + " [\\d:]{8})\\s+(" + pattern + " [\\d:]{8})\\s+" + what);
    List<Span> spans = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      Matcher match = row.matcher(line.strip());
      if (match.find()) {
        spans.add(
            new Span(
                LocalDateTime.parse(match.group(1), time).atZone(ZONE).toInstant(),
                LocalDateTime.parse(match.group(2), time).atZone(ZONE).toInstant(),
                match.group(3)));
      }
    }
    return spans;
  }
}
