package gatehouse.launcher.command;

import gatehouse.alert.Alert;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.model.ModelCatalogue;
import gatehouse.site.Community;
import gatehouse.site.Device;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model's example as if it happened now, in a community of its own: with this clock's times, as
 * short as the model allows, and with plates nobody has seen.
 *
 * @param background what must be known before: places, devices, registry
 * @param events what devices report, in order
 * @param expected the alert that the plain Java host raises for it
 */
record Retelling(List<Fact> background, List<DeviceEvent> events, Alert expected) {

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

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * Tells a model's example anew.
   *
   * @param start when the first event happens
   * @return empty if it finds nothing within half an hour of this time of day
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
    for (Duration wanted : SPANS) {
      double pace = span.compareTo(wanted) <= 0 ? 1 : (double) wanted.toMillis() / span.toMillis();
      List<Fact> retold = new ArrayList<>();
      for (Fact fact : example) {
        retold.add(retold(fact, names, first, start, pace));
      }
      Optional<Alert> alert = firstAlert(entry, retold);
      if (alert.isPresent()) {
        return Optional.of(of(retold, start, alert.get()));
      }
    }
    return Optional.empty();
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

  private static Retelling of(List<Fact> retold, Instant start, Alert expected) {
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
    return new Retelling(List.copyOf(background), events, expected);
  }

  private static Optional<Alert> firstAlert(ModelEntry<?, ?, ?> entry, List<Fact> retold) {
    List<DeviceEvent> events = events(retold);
    Instant until = events.get(events.size() - 1).time().plus(PATIENCE);
    // With all models, for some look at what others derive.
    return new Replay(ModelCatalogue.all(), new SettingsBook())
        .run(retold, until).revisions().stream()
            .filter(alert -> alert.model().equals(entry.id()))
            .min(Comparator.comparing(Alert::detectedAt));
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
