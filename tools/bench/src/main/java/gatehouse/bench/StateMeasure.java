package gatehouse.bench;

import gatehouse.labelled.LabelledCity;
import gatehouse.launcher.Home;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How large the state of each model's keys is after some weeks of the labelled city, in bytes of
 * the job's own serializers, beside the budgets of the specification.
 */
final class StateMeasure {

  /** Communities of the city that is extrapolated to. */
  static final int CITY = 2_079;

  private static final int COMMUNITIES = 2;
  private static final int DAYS = 28;
  private static final int HOMES = 60;
  private static final int HEAP_MEGABYTES = 4096;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static final int PERSON = 2 * 1024;
  private static final int VEHICLE = 1024;
  private static final int DOOR = 8 * 1024;
  private static final int FLOW = 4 * 1024;

  private static final Map<String, Integer> BUDGETS = budgets();

  private final Path folder;
  private final Steps steps;

  StateMeasure(Path folder, Steps steps) {
    this.folder = folder;
    this.steps = steps;
  }

  /** What was measured, for people. */
  static String of() {
    return String.format(
        "%d communities of about %d homes after %d days", COMMUNITIES, HOMES, DAYS);
  }

  List<StateSize> run() throws Exception {
    steps.now("living through " + of());
    String classPath =
        String.join(
            File.pathSeparator,
            Child.classPath(Home.find().path(), "flink-jobs"),
            location(StateProbe.class),
            location(LabelledCity.class));
    try (Child child =
        Child.start(
            Files.createDirectories(folder),
            classPath,
            StateProbe.class.getName(),
            HEAP_MEGABYTES,
            Map.of(),
            Integer.toString(COMMUNITIES),
            Integer.toString(DAYS),
            Integer.toString(HOMES))) {
      child.await(StateProbe.EVENTS, LIMIT);
      steps.now("showing it to all models");
      return child.await(StateProbe.DONE, LIMIT).stream().map(StateMeasure::size).toList();
    }
  }

  /** Bytes that a key of this model may have; 0 if none is set. */
  static int budget(String model) {
    return BUDGETS.getOrDefault(model, 0);
  }

  private static StateSize size(String line) {
    String[] words = line.split(" ", -1);
    long sum = Long.parseLong(words[6]);
    return new StateSize(
        words[1],
        Integer.parseInt(words[2]),
        Integer.parseInt(words[3]),
        Integer.parseInt(words[4]),
        Integer.parseInt(words[5]),
        budget(words[1]),
        Integer.parseInt(words[7]),
        sum / COMMUNITIES,
        sum / COMMUNITIES * CITY);
  }

  private static String location(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** By what a model's keys are, as the specification sets it. */
  private static Map<String, Integer> budgets() {
    Map<String, Integer> budgets = new HashMap<>();
    List.of(
            "credential-unit",
            "passage-trail",
            "successor-trail",
            "stale-grant",
            "listed-holder",
            "restricted-entry",
            "visitor-pass-misuse",
            "dormant-credential",
            "off-shift-access",
            "impossible-travel",
            "care-signs",
            "elder-inactivity",
            "elder-night-exit",
            "household-means")
        .forEach(model -> budgets.put(model, PERSON));
    List.of(
            "cloned-plate",
            "plate-mismatch",
            "driver-mismatch",
            "watch-hit",
            "lift-tag",
            "object-without-owner")
        .forEach(model -> budgets.put(model, VEHICLE));
    List.of(
            "door-forced",
            "door-held-open",
            "door-not-relocked",
            "denied-burst",
            "duress",
            "device-tamper",
            "passage-confirmation",
            "tailgating",
            "exit-company")
        .forEach(model -> budgets.put(model, DOOR));
    budgets.put("flow-anomaly", FLOW);
    return budgets;
  }
}
