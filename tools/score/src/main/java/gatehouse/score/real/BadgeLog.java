package gatehouse.score.real;

import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.model.AntiPassback;
import gatehouse.model.PassageConfirmation;
import gatehouse.model.PassageTrail;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.site.Zone;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The badge log of the VAST Challenge 2009, mini challenge 1, made by the challenge's committee:
 * piggybacking into or out of the classified area is forbidden. {@code proxLog.csv.gz} (time,
 * badge, reader) and {@code GROUND_TRUTH.json} with the violations.
 */
final class BadgeLog implements RealData {

  private static final String SITE = "embassy";
  private static final Zone OUTSIDE = zone("outside", Zone.AntiPassback.NONE, null);
  private static final Zone BUILDING = zone("building", Zone.AntiPassback.NONE, null);
  private static final Zone CLASSIFIED =
      zone("classified", Zone.AntiPassback.STRICT, LocalTime.MIDNIGHT);
  private static final Duration HORIZON = Duration.ofDays(30);

  /**
   * What came of it, each a badge and a time.
   *
   * @param found what was found
   * @param known the violations
   */
  record Violations(List<String> found, List<String> known) {}

  @Override
  public String folder() {
    return "vast2009-mc1";
  }

  @Override
  public String what() {
    return "anti-passback on an embassy's badge log";
  }

  @Override
  public String result(Path data) throws IOException {
    Violations outcome = replayed(data);
    Set<String> right = new HashSet<>(outcome.found());
    right.retainAll(outcome.known());
    return String.format(
        Locale.ROOT,
        "%d of the %d violations, %d false alarms",
        right.size(),
        outcome.known().size(),
        outcome.found().size() - right.size());
  }

  /** Replays the log. */
  Violations replayed(Path data) throws IOException {
    List<Fact> history = history(data);
    // The log is in the order of badges.
    Instant last = history.stream().map(Fact::time).max(Instant::compareTo).orElseThrow();
    List<String> found =
        new Replay(
                List.of(PassageConfirmation.entry(), PassageTrail.entry(), AntiPassback.entry()),
                new SettingsBook())
            .run(history, last.plus(HORIZON)).alerts().stream()
                .map(alert -> alert.subjects().get(0).id() + " " + alert.lastEventTime())
                .toList();
    return new Violations(found, violations(data));
  }

  private static List<String> violations(Path data) throws IOException {
    JsonNode truth = JsonMapper.shared().readTree(data.resolve("GROUND_TRUTH.json"));
    List<String> known = new ArrayList<>();
    for (JsonNode violation : truth.path("classified_area_violations")) {
      known.add(
          violation.path("employee").asString()
              + " "
              + Instant.parse(violation.path("time").asString() + ":00Z"));
    }
    return known;
  }

  private static List<Fact> history(Path data) throws IOException {
    List<Fact> history = new ArrayList<>();
    history.add(door("prox-building", List.of(OUTSIDE), List.of(BUILDING)));
    history.add(door("prox-classified", List.of(BUILDING), List.of(BUILDING, CLASSIFIED)));
    try (BufferedReader log =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(data.resolve("proxLog.csv.gz"))),
                StandardCharsets.UTF_8))) {
      log.readLine();
      for (String row = log.readLine(); row != null; row = log.readLine()) {
        history.add(use(history.size(), row.split(",", -1)));
      }
    }
    return history;
  }

  private static Fact use(int row, String[] columns) {
    Instant time = Instant.parse(columns[0] + ":00Z");
    String place = columns[2].endsWith("building") ? "prox-building" : "prox-classified";
    Origin origin =
        new Origin(
            "row" + row,
            SITE,
            place,
            Place.of(place),
            time,
            time,
            "",
            row,
            false,
            ClockQuality.UNKNOWN);
    return new AccessEvent(
        origin,
        columns[1],
        CredentialType.CARD,
        "",
        null,
        null,
        columns[2].startsWith("prox-out") ? Direction.OUT : Direction.IN,
        Outcome.GRANTED,
        DenialReason.NONE,
        false,
        null);
  }

  private static PlaceEntry door(String id, List<Zone> from, List<Zone> to) {
    return new PlaceEntry(
        SITE,
        Instant.EPOCH,
        Instant.EPOCH,
        new Place(
            id,
            Place.Kind.DOOR,
            "",
            "",
            "",
            "UTC",
            from,
            to,
            null,
            DoorSpec.NONE,
            List.of(),
            Map.of()));
  }

  private static Zone zone(String id, Zone.AntiPassback mode, @Nullable LocalTime resetAt) {
    return new Zone(id, "", mode, resetAt, false, 1, null);
  }
}
