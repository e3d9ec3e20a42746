package gatehouse.launcher.command;

import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.labelled.CitySettings;
import gatehouse.labelled.CityStream;
import gatehouse.labelled.LabelledCity;
import gatehouse.labelled.scenario.Label;
import gatehouse.launcher.city.CityDevices;
import gatehouse.launcher.city.CityFile;
import gatehouse.launcher.city.CityOutlet;
import gatehouse.launcher.city.CityTopics;
import gatehouse.launcher.data.DataDirectory;
import gatehouse.launcher.data.Endpoint;
import gatehouse.launcher.data.Ports;
import gatehouse.replay.Pace;
import gatehouse.site.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells a labelled city to a file, to Kafka or to an MQTT broker. */
@Command(
    name = "city",
    header = "Write a labelled city to a file, to Kafka or to an MQTT broker.",
    description = {
      "Draws the communities that ./gatehouse score judges the models by, and tells what is"
          + " registered in them, what becomes known and what their devices report, in the order in"
          + " which it arrives. What was staged, when, where and how hard it is to find goes to a"
          + " file of labels. The same options give the same city, event by event.",
      "",
      "Nothing but a day is held, so a city may be as large as its target has room for."
    },
    footer = {
      "",
      "Targets:",
      "  city.jsonl            a file: one fact a line, as on Kafka",
      "  kafka                 the topics of the Gatehouse that runs in DIR",
      "  kafka://HOST:PORT     those of any Kafka; it must have them",
      "  mqtt                  the devices of the Gatehouse that runs in DIR, registered with it",
      "  mqtt://HOST:PORT      the devices at any broker, with --credentials",
      "",
      "At live pace the devices' day is today and begins now. Faster or slower they tell the city's",
      "own dates, which only a Gatehouse takes that was started with up --no-clock-check; what is",
      "faster than its intake allows a device (GATEHOUSE_INGEST_RATE_PER_SECOND) becomes a dead letter.",
      "",
      "Examples:",
      "  ./gatehouse city --to city.jsonl --communities 200 --days 60",
      "  ./gatehouse city --to mqtt --communities 1 --days 2 --warm-up 0",
      "  ./gatehouse city --to mqtt --speed 60",
      "  ./gatehouse city --to kafka://127.0.0.1:9092"
    })
final class CityCommand implements Callable<Integer> {
  private static final LocalDate USUAL_FROM = LocalDate.parse("2026-03-02");

  /** Until the intake knows devices and places. */
  private static final Duration SETTLE = Duration.ofSeconds(4);

  private static final double LIVE = 1;
  private static final Duration SPEAK_EVERY = Duration.ofSeconds(2);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TARGET",
      description = "Where to; see below.")
  private String to = "";

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Where the labels go. Default: city.labels.jsonl, beside the city's file.")
  private @Nullable Path labels;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Draws the city. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--communities",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many. Default: ${DEFAULT-VALUE}.")
  private int communities = 4;

  @Option(
      names = "--days",
      paramLabel = "D",
      defaultValue = "28",
      description = "How many days, the warm-up included. Default: ${DEFAULT-VALUE}.")
  private int days = 28;

  @Option(
      names = "--warm-up",
      paramLabel = "D",
      description = "Of them, days on which nothing is staged. Default: half of them.")
  private @Nullable Integer warmUp;

  @Option(
      names = "--units",
      paramLabel = "N",
      defaultValue = "60",
      description = "Median number of homes a community. Default: ${DEFAULT-VALUE}.")
  private int units = 60;

  @Option(
      names = "--staged",
      paramLabel = "N",
      defaultValue = "0.7",
      description =
          "How often each scenario is staged in a community, a week. Default: ${DEFAULT-VALUE}.")
  private double staged = 0.7;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "The first day. Default: 2026-03-02; devices at live pace: today.")
  private @Nullable LocalDate from;

  @Option(
      names = "--speed",
      paramLabel = "max|N",
      description = "N times real time, or as fast as possible. Default: 1 for devices, else max.")
  private @Nullable String speed;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description = "For mqtt://: the devices' passwords, a line each: community/device,password.")
  private @Nullable Path credentials;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "For mqtt://: where registry and site facts go. Default: nowhere.")
  private @Nullable String kafka;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "300",
      description = {
        "How many devices are connected at once, at most; more take turns, which is slow. Default:"
            + " ${DEFAULT-VALUE}."
      })
  private int connections = 300;

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    double pace = pace();
    boolean devices = to.equals("mqtt") || to.startsWith("mqtt://");
    boolean live = devices && pace == LIVE && from == null;
    CitySettings settings = settings(live);
    Path labelFile = labelFile();
    LabelledCity city = new LabelledCity(settings);
    Instant begun = Instant.now();
    Playing playing;
    List<Label> staged;
    List<String> received;
    try (CityOutlet outlet = outlet(city)) {
      Instant start = live ? begun : settings.dayStart(0);
      playing = new Playing(outlet, settings, new Start(start, live, devices), pace, out);
      staged = new CityStream(city).play(playing);
      received = outlet.received();
    }
    CityFile.writeLabels(staged, labelFile);
    out.printf(
        Locale.ROOT,
        "The city is told: %,d events and %,d facts in %s.%n",
        playing.events,
        playing.facts,
        Durations.rough(Duration.between(begun, Instant.now())));
    if (playing.past > 0) {
      out.printf(Locale.ROOT, "  %,d events of today before now left out%n", playing.past);
    }
    received.forEach(line -> out.println("  " + line));
    out.printf(Locale.ROOT, "  %,d labels in %s%n", staged.size(), labelFile);
    out.flush();
    return 0;
  }

  private CityOutlet outlet(LabelledCity city) throws IOException, InterruptedException {
    if (to.equals("kafka")) {
      return new CityTopics(running().address(Endpoint.KAFKA));
    }
    if (to.startsWith("kafka://")) {
      return new CityTopics(to.substring("kafka://".length()));
    }
    if (to.equals("mqtt")) {
      DataDirectory directory = data.running();
      directory.secrets().provisionDevices(usernames(city));
      return devices(
          "tcp://" + running().address(Endpoint.MQTT),
          directory.secrets().devicePasswords(),
          new CityTopics(running().address(Endpoint.KAFKA)));
    }
    if (to.startsWith("mqtt://")) {
      if (credentials == null) {
        throw wrong("--to " + to + " needs --credentials FILE, the devices' passwords.");
      }
      return devices(
          "tcp://" + to.substring("mqtt://".length()),
          credentials,
          kafka == null ? null : new CityTopics(kafka));
    }
    if (to.contains("://")) {
      throw wrong(
          "--to cannot be " + to + ". Maybe a file, kafka://HOST:PORT or mqtt://HOST:PORT.");
    }
    try {
      return new CityFile(Path.of(to));
    } catch (NoSuchFileException e) {
      throw new IOException("There is no folder for the file " + to + ".", e);
    }
  }

  private CityOutlet devices(String url, Path passwords, @Nullable CityOutlet registry)
      throws IOException {
    return new CityDevices(
        new CityDevices.Broker(url, passwords(passwords), Math.max(1, connections)), registry);
  }

  private static Map<String, String> passwords(Path file) throws IOException {
    Map<String, String> passwords = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        int comma = line.indexOf(',');
        if (comma > 0) {
          passwords.put(line.substring(0, comma), line.substring(comma + 1).strip());
        }
      }
    } catch (NoSuchFileException e) {
      throw new IOException("There is no credentials file " + file + ".", e);
    }
    return passwords;
  }

  private static List<String> usernames(LabelledCity city) {
    List<String> usernames = new ArrayList<>();
    for (Fact fact : city.registered()) {
      if (fact instanceof Device device) {
        usernames.add(device.community() + "/" + device.id());
      }
    }
    return usernames;
  }

  private Ports running() throws IOException {
    return Ports.read(data.running().portsFile());
  }

  private CitySettings settings(boolean live) {
    LocalDate first = from != null ? from : live ? LocalDate.now(CitySettings.ZONE) : USUAL_FROM;
    int quiet = warmUp != null ? warmUp : days / 2;
    try {
      return new CitySettings(seed, communities, first, days, quiet, units, staged);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Path labelFile() {
    if (labels != null) {
      return labels;
    }
    boolean file = !to.startsWith("kafka") && !to.startsWith("mqtt");
    return file ? CityFile.labelsBeside(Path.of(to)) : Path.of("city.labels.jsonl");
  }

  /** How many times faster than real time; 0: as fast as possible. */
  private double pace() {
    if (speed == null) {
      return to.startsWith("mqtt") ? LIVE : 0;
    }
    if (speed.equals("max")) {
      return 0;
    }
    try {
      double pace = Double.parseDouble(speed);
      if (pace > 0 && Double.isFinite(pace)) {
        return pace;
      }
      throw wrong("--speed must be more than 0. Maybe max, or 60.");
    } catch (NumberFormatException e) {
      throw new ParameterException(
          spec.commandLine(), "--speed cannot be " + speed + ". Maybe max, or 60.", e);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /**
   * How the telling begins.
   *
   * @param at from when on time passes
   * @param leavesOutPast whether events that would have arrived before are left out
   * @param settles whether what is registered must become known before the first event
   */
  private record Start(Instant at, boolean leavesOutPast, boolean settles) {}

  /** Tells the city on at a pace, and how far it is. */
  private static final class Playing implements CityStream.Listener {
    private final CityOutlet outlet;
    private final CitySettings settings;
    private final Start start;
    private final Pace pace;
    private final PrintWriter out;
    private long events;
    private long facts;
    private long past;
    private Instant spoken = Instant.now();

    Playing(CityOutlet outlet, CitySettings settings, Start start, double pace, PrintWriter out) {
      this.outlet = outlet;
      this.settings = settings;
      this.start = start;
      this.pace = new Pace(pace, start.at());
      this.out = out;
    }

    @Override
    public void told(Fact fact, Instant at) throws IOException, InterruptedException {
      if (!(fact instanceof DeviceEvent)) {
        facts++;
        outlet.take(fact);
        return;
      }
      if (start.leavesOutPast() && at.isBefore(start.at())) {
        past++;
        return;
      }
      if (start.settles() && events == 0) {
        Thread.sleep(SETTLE.toMillis());
      }
      pace.await(at);
      events++;
      outlet.take(fact);
      if (Duration.between(spoken, Instant.now()).compareTo(SPEAK_EVERY) > 0) {
        speak(at);
      }
    }

    private void speak(Instant at) {
      spoken = Instant.now();
      out.printf(
          Locale.ROOT,
          "  %s of %s to %s: %,d events told%n",
          at.atZone(CitySettings.ZONE).toLocalDateTime().withNano(0),
          settings.from(),
          settings.from().plusDays(settings.days() - 1L),
          events);
      out.flush();
    }
  }
}
