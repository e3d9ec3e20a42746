package gatehouse.replay;

import gatehouse.analysis.SettingsChange;
import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.replay.mapping.LoggedEvent;
import gatehouse.replay.mapping.MappedLog;
import gatehouse.replay.mapping.Mapping;
import gatehouse.replay.mapping.MappingReader;
import gatehouse.replay.mapping.Stations;
import gatehouse.replay.site.Site;
import gatehouse.replay.site.SiteFacts;
import gatehouse.replay.site.SiteReader;
import gatehouse.site.Device;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known before a replay starts: the events in order, the facts, and what the
 * pipeline must be told.
 */
public final class ReplayPlan {

  /** The community every replayed event belongs to. */
  public static final String COMMUNITY = "replay";

  /** The device whose reports say that the pipeline is ready, and in the end that time went on. */
  public static final String CLOCK = "replay-clock";

  /**
   * How long event time goes on after the last event: longer than any model waits for something
   * that does not happen.
   */
  public static final Duration HORIZON = Duration.ofDays(31);

  /** What the pipeline may be asked to wait beyond what can happen: it costs nothing. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /** At a pace, how far in real seconds an event may be behind another that overtook it. */
  private static final Duration DISORDER = Duration.ofSeconds(2);

  private static final Duration BEFORE = Duration.ofDays(1);

  private final MappedLog log;
  private final ZoneId zone;
  private final List<Fact> facts;
  private final List<SettingsChange> settings;
  private final List<String> notes;
  private final Duration disorder;

  private ReplayPlan(
      MappedLog log,
      ZoneId zone,
      List<Fact> facts,
      List<SettingsChange> settings,
      List<String> notes,
      Duration disorder) {
    this.log = log;
    this.zone = zone;
    this.facts = facts;
    this.settings = settings;
    this.notes = notes;
    this.disorder = disorder;
  }

  /**
   * What is to be replayed.
   *
   * @param events the log, or {@code -} for the standard input
   * @param mapping what its columns mean
   * @param site what is known of its site; null: nothing
   * @param from events before it are left out; null: none. Without an offset in the site's zone
   * @param to events from it on are left out; null: none
   * @param speed how many times faster than it happened; 0: as fast as possible
   */
  public record Order(
      String events,
      Path mapping,
      @Nullable Path site,
      @Nullable String from,
      @Nullable String to,
      double speed) {}

  /**
   * Reads log, mapping and site.
   *
   * @throws gatehouse.replay.yaml.DocumentException if one of them is wrong, naming the line
   * @throws IllegalArgumentException if {@code from} or {@code to} is not a time
   */
  public static ReplayPlan read(Order order) throws IOException {
    Site site = order.site() == null ? Site.plain(ZoneId.of("UTC")) : SiteReader.read(order.site());
    ZoneId siteZone = site.zone();
    Mapping mapping = new MappingReader(siteZone).read(order.mapping());
    ZoneId zone = order.site() == null ? mapping.times().zone() : siteZone;
    Stations stations = new Stations(site.devices());
    MappedLog log =
        MappedLog.read(
            order.events(),
            mapping,
            COMMUNITY,
            stations,
            order.from() == null ? Instant.MIN : moment(order.from(), zone),
            order.to() == null ? Instant.MAX : moment(order.to(), zone));
    return of(log, site, zone, stations, order.speed());
  }

  private static Instant moment(String text, ZoneId zone) {
    return SiteReader.moment(text, zone);
  }

  private static ReplayPlan of(
      MappedLog log, Site site, ZoneId zone, Stations stations, double speed) {
    Instant first = log.events().isEmpty() ? Instant.EPOCH : log.events().get(0).event().time();
    SiteFacts siteFacts =
        new SiteFacts(
            site.in(zone), COMMUNITY, first.minus(BEFORE), platesAsLogged(log.events()).keySet());
    List<Fact> facts = new ArrayList<>(siteFacts.places(stations));
    facts.addAll(siteFacts.registry(firstUses(log.events())));
    Instant since = first.minus(BEFORE);
    facts.add(new PlaceEntry(COMMUNITY, since, since, Place.of(CLOCK)));
    facts.add(new Device(CLOCK, COMMUNITY, since, CLOCK, "replay", Direction.UNKNOWN, CLOCK, true));
    return new ReplayPlan(
        log,
        zone,
        List.copyOf(facts),
        siteFacts.settings(),
        notes(site, siteFacts, stations),
        bound(log.events(), speed));
  }

  private static List<String> notes(Site site, SiteFacts facts, Stations stations) {
    List<String> notes = new ArrayList<>(facts.idleRules(stations));
    List<String> plain =
        stations.placeNames().values().stream()
            .filter(name -> !site.places().containsKey(name))
            .toList();
    if (!plain.isEmpty()) {
      notes.add(
          plain.size()
              + " places of the log are not in the site file and are taken as plain places: "
              + String.join(", ", plain.subList(0, Math.min(10, plain.size())))
              + (plain.size() > 10 ? ", ..." : ""));
    }
    List<String> silent =
        site.places().keySet().stream()
            .filter(name -> !stations.placeNames().containsValue(name))
            .toList();
    if (!silent.isEmpty()) {
      notes.add(
          "places of the site file without any event in the log: " + String.join(", ", silent));
    }
    return List.copyOf(notes);
  }

  private static Map<String, Instant> firstUses(List<LoggedEvent> events) {
    Map<String, Instant> firstUses = new HashMap<>();
    for (LoggedEvent logged : events) {
      if (logged.event() instanceof AccessEvent access && !access.credential().isEmpty()) {
        firstUses.putIfAbsent(access.credential(), access.time());
      }
    }
    return firstUses;
  }

  /** How the log writes each plate, by its canonical form. */
  private static Map<String, String> platesAsLogged(List<LoggedEvent> events) {
    Map<String, String> plates = new HashMap<>();
    for (LoggedEvent logged : events) {
      if (logged.event() instanceof PlateRead read) {
        plates.putIfAbsent(read.plate(), read.plateRaw());
      }
    }
    return plates;
  }

  /** How the log writes each plate, by its canonical form. */
  Map<String, String> platesAsLogged() {
    return platesAsLogged(log.events());
  }

  /**
   * How far an event may be behind another that overtook it. As fast as possible this is the time
   * that as many events span as may be under way; at a pace, what passes in two real seconds.
   */
  private static Duration bound(List<LoggedEvent> events, double speed) {
    return speed > 0
        ? Duration.ofMillis(Math.round(DISORDER.toMillis() * Math.max(1, speed)))
        : longestSpan(events, InFlight.WINDOW);
  }

  /** The longest event time between the first and the last of so many events in a row. */
  static Duration longestSpan(List<LoggedEvent> events, int window) {
    Duration longest = Duration.ZERO;
    for (int last = 0; last < events.size(); last++) {
      int first = Math.max(0, last - window + 1);
      Duration span =
          Duration.between(events.get(first).event().time(), events.get(last).event().time());
      longest = longest.compareTo(span) < 0 ? span : longest;
    }
    return longest;
  }

  /** What is about to be replayed, in a few lines. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    if (!log.events().isEmpty()) {
      DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d rows, %,d events from %s to %s (%s), %d places",
              log.rows(),
              log.events().size(),
              format.format(log.events().get(0).event().time().atZone(zone)),
              format.format(log.events().get(log.events().size() - 1).event().time().atZone(zone)),
              zone,
              placeNames().size() - 1));
    }
    lines.addAll(notes);
    return lines;
  }

  /** What people call the places, by id. */
  public Map<String, String> placeNames() {
    Map<String, String> names = new HashMap<>();
    for (Fact fact : facts) {
      if (fact instanceof PlaceEntry entry) {
        String name = entry.place().name();
        names.put(entry.id(), name.isEmpty() ? entry.id() : name);
      }
    }
    return names;
  }

  /** What the services of the pipeline must be told, as environment variables. */
  public Map<String, String> environment() {
    return Map.of(
        "GATEHOUSE_FLINK_WATERMARK_BOUND",
        watermarkBound().toString(),
        // Time must not go on by itself while the log has a gap.
        "GATEHOUSE_FLINK_SILENCE",
        "PT0S",
        "GATEHOUSE_INGEST_CLOCK_CHECK",
        "off",
        "GATEHOUSE_INGEST_RATE_PER_SECOND",
        "1000000");
  }

  /** The log. */
  public MappedLog log() {
    return log;
  }

  /** The zone in which times are shown. */
  public ZoneId zone() {
    return zone;
  }

  /** The facts to publish before the first event. */
  public List<Fact> facts() {
    return facts;
  }

  /** The settings to publish before the first event. */
  public List<SettingsChange> settings() {
    return settings;
  }

  /** What the user should know about log and site before reading the result. */
  public List<String> notes() {
    return notes;
  }

  /** How far an event may be behind another that overtook it; {@link InFlight} sees to it. */
  Duration disorder() {
    return disorder;
  }

  /** How far event time is held back in the pipeline. */
  public Duration watermarkBound() {
    return disorder.plus(MARGIN);
  }

  /**
   * A report of the clock device; no part of the log.
   *
   * @param number 1, 2, ...
   */
  public DeviceStatus tick(long number, Instant time) {
    return new DeviceStatus(
        new Origin(
            "tick-" + number,
            COMMUNITY,
            CLOCK,
            Place.of(CLOCK),
            time,
            time,
            "replay",
            number,
            false,
            ClockQuality.UNKNOWN),
        DeviceStatus.State.ONLINE,
        "",
        List.of(),
        null,
        null);
  }
}
