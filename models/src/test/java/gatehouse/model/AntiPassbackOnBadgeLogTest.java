package gatehouse.model;

import static gatehouse.fixture.GateFixture.card;
import static gatehouse.fixture.GateFixture.known;
import static gatehouse.fixture.GateFixture.place;
import static gatehouse.fixture.GateFixture.zone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gatehouse.analysis.SettingsBook;
import gatehouse.event.ClockQuality;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.fixture.GeneratedDocs;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import gatehouse.site.Zone.AntiPassback;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The badge log of VAST Challenge 2009, mini challenge 1: piggybacking into or out of the
 * classified area is forbidden. The data is not part of the project.
 */
class AntiPassbackOnBadgeLogTest {

  private static final String SITE = "embassy";
  private static final Zone BUILDING = zone("building", AntiPassback.NONE);
  private static final Zone CLASSIFIED =
      zone("classified", AntiPassback.STRICT, LocalTime.MIDNIGHT);
  private static final Pattern VIOLATION =
      Pattern.compile("\"employee\":\\s*(\\d+),\\s*\"time\":\\s*\"([^\"]+)\",\\s*\"kind\"");

  private final Path folder = GeneratedDocs.root().resolveSibling("shared/data/vast2009-mc1");

  @Test
  void exactlyTheFiveViolationsAreFound() throws IOException {
    assumeTrue(Files.isDirectory(folder), "no ../shared/data/vast2009-mc1 beside the project");
    assertThat(
            GateFixture.alerts(AntiPassbackTest.CHAIN, new SettingsBook(), history()).stream()
                .map(a -> a.subjects().get(0).id() + " " + a.lastEventTime()))
        .hasSize(5)
        .containsExactlyInAnyOrderElementsOf(groundTruth());
  }

  private List<Fact> history() throws IOException {
    List<Fact> history = new ArrayList<>();
    history.add(
        known(
            SITE,
            place(
                "prox-building", List.of(zone("outside", AntiPassback.NONE)), List.of(BUILDING))));
    history.add(
        known(SITE, place("prox-classified", List.of(BUILDING), List.of(BUILDING, CLASSIFIED))));
    try (BufferedReader log =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve("proxLog.csv.gz"))),
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
    Direction way = columns[2].startsWith("prox-out") ? Direction.OUT : Direction.IN;
    return card(origin, columns[1], "", null, way, Outcome.GRANTED, DenialReason.NONE, false);
  }

  private List<String> groundTruth() throws IOException {
    String truth = Files.readString(folder.resolve("GROUND_TRUTH.json"));
    List<String> violations = new ArrayList<>();
    Matcher match = VIOLATION.matcher(truth);
    while (match.find()) {
      violations.add(match.group(1) + " " + Instant.parse(match.group(2) + ":00Z"));
    }
    return violations;
  }
}
