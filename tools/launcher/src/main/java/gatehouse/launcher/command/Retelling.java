package gatehouse.launcher.command;

import gatehouse.alert.Alert;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.model.ModelCatalogue;
import gatehouse.site.Community;
import gatehouse.site.Device;
import gatehouse.site.PlaceEntry;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model's example as if it happened now, in a community of its own: with this clock's times, as
 * short as the model allows, and with plates nobody has seen. Where the model looks at the time of
 * day, the community lies in the time zone in which it is that time now; where it waits for longer
 * than anybody would, its waiting times are shortened for this community.
 *
 * @param background what must be known before: places, devices, registry
 * @param events what devices report, in order
 * @param settings what is set otherwise for the communities of the retelling
 * @param expected the alert that the plain Java host raises for it
 */
record Retelling(
    List<Fact> background,
    List<DeviceEvent> events,
    List<SettingsChange> settings,
    Alert expected) {

  /** How long the events may take; the shortest that still makes the model find something. */
  private static final List<Duration> SPANS =
      List.of(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15));

  /** How long time goes on after the last event, for what a model finds by waiting. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** The longest that a model's example goes on after its last event, e.g. an elder's silence. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(10);

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * Tells a model's example anew.
   *
   * @param start when the first event happens
   * @return empty if it finds nothing within a quarter of an hour after its last event
   */
  static Optional<Retelling> of(ModelEntry<?, ?, ?> entry, Instant start, RandomGenerator random)
      throws WireException {
    List<Fact> example = entry.example().get();
    List<DeviceEvent> told = events(example);
    if (told.isEmpty()) {
      return Optional.empty();
    }
    Instant first = told.get(0).time();
    Duration span = Duration.between(first, told.get(told.size() - 1).time());
    Map<String, String> names = names(example, told, random);
    Map<String, String> elsewhere = new HashMap<>(names);
    elsewhere.putAll(zones(example, first, start));
    Duration whole = wholeSpan(entry, example).orElse(span);
    for (Telling telling :
        List.of(
            new Telling(names, false),
            new Telling(elsewhere, false),
            new Telling(elsewhere, true))) {
      for (Duration wanted : SPANS) {
        Duration length = telling.shortened() ? whole : span;
        double pace =
            length.compareTo(wanted) <= 0 ? 1 : (double) wanted.toMillis() / length.toMillis();
        Optional<Retelling> retelling = telling.at(entry, example, first, start, pace);
        if (retelling.isPresent()) {
          return retelling;
        }
      }
    }
    return Optional.empty();
  }

  /** A way to tell it: with these names, and with or without shortened waiting times. */
  private record Telling(Map<String, String> names, boolean shortened) {

    Optional<Retelling> at(
        ModelEntry<?, ?, ?> entry, List<Fact> example, Instant first, Instant start, double pace)
        throws WireException {
      List<Fact> retold = new ArrayList<>();
      for (Fact fact : example) {
        retold.add(retold(fact, names, first, start, pace));
      }
      List<SettingsChange> settings =
          shortened ? ShortenedSettings.of(communitiesOf(retold), pace) : List.of();
      return firstAlert(entry, retold, settings)
          .map(alert -> Retelling.of(retold, settings, start, alert));
    }
  }

  private static Set<String> communitiesOf(List<Fact> facts) {
    Set<String> communities = new LinkedHashSet<>();
    facts.forEach(fact -> communities.add(fact.community()));
    return communities;
  }

  /** From the example's first event to its alert. */
  private static Optional<Duration> wholeSpan(ModelEntry<?, ?, ?> entry, List<Fact> example) {
    List<DeviceEvent> events = events(example);
    Instant until = events.get(events.size() - 1).time().plus(LONGEST_WAIT);
    return alerts(entry, example, List.of(), until)
        .min(Comparator.comparing(Alert::detectedAt))
        .map(alert -> Duration.between(events.get(0).time(), alert.detectedAt()));
  }

  /** Zones in which it is now the time of day at which the example's story begins. */
  private static Map<String, String> zones(List<Fact> example, Instant first, Instant start) {
    Map<String, String> zones = new HashMap<>();
    for (Fact fact : example) {
      if (fact instanceof PlaceEntry entry && !entry.place().timeZone().isEmpty()) {
        String zone = entry.place().timeZone();
        int then = first.atZone(ZoneId.of(zone)).toLocalTime().toSecondOfDay();
        int now = start.atZone(ZoneOffset.UTC).toLocalTime().toSecondOfDay();
        int minutes = Math.floorMod((then - now) / 60 + 12 * 60, 24 * 60) - 12 * 60;
        zones.put(zone, ZoneOffset.ofTotalSeconds(minutes * 60).getId());
      }
    }
    return zones;
  }

  /** Whether a model has something to tell; those that only derive facts for others have not. */
  static boolean isPossible(ModelEntry<?, ?, ?> entry) {
    return entry.example().get().stream().anyMatch(DeviceEvent.class::isInstance);
  }

  /** Every community of the retelling. */
  Set<String> communities() {
    Set<String> communities = new LinkedHashSet<>();
    events.forEach(event -> communities.add(event.community()));
    return communities;
  }

  private static Retelling of(
      List<Fact> retold, List<SettingsChange> settings, Instant start, Alert expected) {
    List<DeviceEvent> events = events(retold);
    List<Fact> background = new ArrayList<>();
    Set<String> known = new LinkedHashSet<>();
    for (Fact fact : retold) {
      if (!(fact instanceof DeviceEvent)) {
        background.add(fact);
        if (fact instanceof Device device) {
          known.add(device.community() + "/" + device.id());
        } else if (fact instanceof Community community) {
          known.add(community.community());
        }
      }
    }
    Instant before = start.minus(Duration.ofDays(1));
    for (DeviceEvent event : events) {
      if (known.add(event.community())) {
        background.add(
            new Community(event.community(), before, event.community(), "", "", "", null));
      }
      if (known.add(event.community() + "/" + event.device())) {
        background.add(
            new Device(
                event.device(),
                event.community(),
                before,
                event.place().id(),
                "play",
                Direction.UNKNOWN,
                event.device(),
                true));
      }
    }
    return new Retelling(List.copyOf(background), events, settings, expected);
  }

  private static Optional<Alert> firstAlert(
      ModelEntry<?, ?, ?> entry, List<Fact> retold, List<SettingsChange> settings) {
    List<DeviceEvent> events = events(retold);
    Instant until = events.get(events.size() - 1).time().plus(PATIENCE);
    return alerts(entry, retold, settings, until).min(Comparator.comparing(Alert::detectedAt));
  }

  private static Stream<Alert> alerts(
      ModelEntry<?, ?, ?> entry, List<Fact> facts, List<SettingsChange> settings, Instant until) {
    // With all models, for some look at what others derive.
    return new Replay(
            ModelCatalogue.all(), SettingsBook.of(settings.toArray(SettingsChange[]::new)))
        .run(facts, until).revisions().stream().filter(alert -> alert.model().equals(entry.id()));
  }

  private static List<DeviceEvent> events(List<Fact> facts) {
    return facts.stream()
        .filter(DeviceEvent.class::isInstance)
        .map(DeviceEvent.class::cast)
        .sorted(Comparator.comparing(DeviceEvent::time))
        .toList();
  }

  /** New names for communities and plates, so that an earlier play does not mix in. */
  private static Map<String, String> names(
      List<Fact> example, List<DeviceEvent> events, RandomGenerator random) {
    Map<String, String> names = new HashMap<>();
    String suffix = Integer.toString(random.nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
    for (Fact fact : example) {
      names.put(fact.community(), "play-" + fact.community() + "-" + suffix);
    }
    for (DeviceEvent event : events) {
      if (event instanceof PlateRead read && !read.plate().isEmpty()) {
        names.computeIfAbsent(read.plate(), plate -> anotherPlate(plate, random));
      }
    }
    return names;
  }

  /** A plate of the same form: province and office stay, letters and digits behind them change. */
  private static String anotherPlate(String plate, RandomGenerator random) {
    StringBuilder another = new StringBuilder(plate);
    for (int i = 2; i < another.length(); i++) {
      if (Character.isDigit(another.charAt(i))) {
        another.setCharAt(i, (char) ('0' + random.nextInt(10)));
      }
    }
    return another.toString();
  }

  private static Fact retold(
      Fact fact, Map<String, String> names, Instant first, Instant start, double pace)
      throws WireException {
    JsonNode told = JSON.readTree(FactCodec.encode(fact));
    JsonNode anew =
        changed(
            told,
            text -> {
              String name = names.get(text);
              return name != null ? name : moved(text, first, start, pace);
            });
    return FactCodec.decode(JSON.writeValueAsBytes(anew));
  }

  /** What lies before the first event keeps its distance; what lies behind it comes closer. */
  private static String moved(String text, Instant first, Instant start, double pace) {
    try {
      Duration after = Duration.between(first, Instant.parse(text));
      Duration scaled =
          after.isNegative() ? after : Duration.ofMillis(Math.round(after.toMillis() * pace));
      return start.plus(scaled).toString();
    } catch (DateTimeException e) {
      return text;
    }
  }

  private static JsonNode changed(JsonNode node, UnaryOperator<String> change) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(one -> copy.set(one.getKey(), changed(one.getValue(), change)));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(one -> copy.add(changed(one, change)));
      return copy;
    }
    return node.isString()
        ? JsonNodeFactory.instance.stringNode(change.apply(node.stringValue()))
        : node;
  }
}
