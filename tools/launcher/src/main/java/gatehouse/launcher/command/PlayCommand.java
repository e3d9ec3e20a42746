package gatehouse.launcher.command;

import gatehouse.alert.Alert;
import gatehouse.alert.Evidence;
import gatehouse.alert.Explanations;
import gatehouse.analysis.ModelEntry;
import gatehouse.event.DeviceEvent;
import gatehouse.launcher.FactPublisher;
import gatehouse.launcher.data.DataDirectory;
import gatehouse.launcher.data.Endpoint;
import gatehouse.launcher.data.Ports;
import gatehouse.model.ModelCatalogue;
import gatehouse.wire.DeviceMessage;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import gatehouse.wire.WireName;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays a model's example into the running Gatehouse. */
@Command(
    name = "play",
    header = "Play a model's example through the running Gatehouse and show its alert.",
    description = {
      "Publishes the smallest history that makes the model find something: by MQTT, as devices of a"
          + " community of its own, with the times of this moment. Then waits for the alert. Without"
          + " MODEL it lists the models."
    })
final class PlayCommand implements Callable<Integer> {
  /** Until intake and job know the devices and places of the example. */
  private static final Duration SETTLE = Duration.ofSeconds(4);

  /** How long an alert may take after the moment it is due. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final RecordCodec<Alert> ALERTS = RecordCodec.of(Alert.class);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = "Id of the model, e.g. anti-passback.")
  private @Nullable String model;

  @Option(
      names = "--language",
      paramLabel = "en|zh",
      defaultValue = "en",
      description = "Language of the alert's texts. Default: ${DEFAULT-VALUE}.")
  private String language = "en";

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, InterruptedException, WireException {
    PrintWriter out = spec.commandLine().getOut();
    if (model == null) {
      for (ModelEntry<?, ?, ?> entry : ModelCatalogue.all()) {
        if (Retelling.isPossible(entry)) {
          out.printf("  %-20s %s%n", entry.id(), entry.card().purpose());
        }
      }
      out.flush();
      return 0;
    }
    ModelEntry<?, ?, ?> entry =
        ModelCatalogue.find(model)
            .filter(Retelling::isPossible)
            .orElseThrow(
                () ->
                    new IOException(
                        "There is no model " + model + ". Maybe ./gatehouse play lists them."));
    DataDirectory directory = data.running();
    Optional<Retelling> retelling =
        Retelling.of(entry, Instant.now().plus(SETTLE), new SecureRandom());
    if (retelling.isEmpty()) {
      throw new IOException(
          "The example of "
              + model
              + " finds nothing when it happens now, however it is shortened. Maybe play it on a day"
              + " of the week on which its rules hold.");
    }
    return play(retelling.get(), directory, entry, out);
  }

  private int play(
      Retelling retelling, DataDirectory directory, ModelEntry<?, ?, ?> entry, PrintWriter out)
      throws IOException, InterruptedException, WireException {
    String bootstrap = Ports.read(directory.portsFile()).address(Endpoint.KAFKA);
    out.printf("%s: %s%n%n", entry.card().title(), entry.card().purpose());
    out.flush();
    try (TopicReader alerts = new TopicReader(bootstrap, Topic.ALERTS)) {
      alerts.skipToEnd();
      FactPublisher.publish(bootstrap, retelling.background());
      FactPublisher.publishSettings(bootstrap, retelling.settings());
      if (!retelling.settings().isEmpty()) {
        out.printf(
            "  The waiting times of this example are shortened so that it can be watched.%n");
      }
      publish(retelling, directory, out);
      Instant due = retelling.expected().detectedAt();
      Duration ahead = Duration.between(Instant.now(), due);
      if (ahead.compareTo(Duration.ofSeconds(2)) > 0) {
        out.printf("  %s  the alert is due%n", CLOCK.format(due));
        out.flush();
      }
      AtomicReference<@Nullable Alert> found = new AtomicReference<>();
      Duration limit = (ahead.isNegative() ? Duration.ZERO : ahead).plus(PATIENCE);
      alerts.readUntil(one -> take(one, retelling, entry, found), limit);
      Alert alert = found.get();
      if (alert == null) {
        throw new IOException(whyNothingCame(retelling, bootstrap));
      }
      show(alert, entry, out);
      return 0;
    }
  }

  private static String whyNothingCame(Retelling retelling, String bootstrap) {
    AtomicInteger late = new AtomicInteger();
    try (TopicReader reader = new TopicReader(bootstrap, Topic.LATE)) {
      reader.readAll(
          one -> {
            if (retelling.communities().contains(one.key())) {
              late.incrementAndGet();
            }
          });
    }
    String nothing = "No alert came within " + PATIENCE.toSeconds() + " s after it was due. ";
    return late.get() == 0
        ? nothing + "Maybe ./gatehouse doctor, or ./gatehouse dead-letters list."
        : nothing
            + late.get()
            + " of "
            + retelling.events().size()
            + " events were more than the job's two seconds under way: this machine is too busy."
            + " Maybe play it again.";
  }

  private static void publish(Retelling retelling, DataDirectory directory, PrintWriter out)
      throws IOException, InterruptedException {
    Map<String, Gateway> gateways = new HashMap<>();
    try {
      for (String community : retelling.communities()) {
        gateways.put(community, Gateway.open(directory, community));
      }
      for (DeviceEvent event : retelling.events()) {
        Duration wait = Duration.between(Instant.now(), event.time());
        if (!wait.isNegative()) {
          Thread.sleep(wait.toMillis());
        }
        String topic = "gatehouse/v1/" + event.community() + "/" + event.device() + "/event";
        Gateway gateway = gateways.get(event.community());
        if (gateway != null) {
          gateway.publish(topic, DeviceMessage.encode(event));
        }
        out.printf(
            "  %s  %s %s%n",
            CLOCK.format(event.time()), WireName.kebab(event.getClass().getSimpleName()), topic);
        out.flush();
      }
    } finally {
      for (Gateway gateway : gateways.values()) {
        gateway.close();
      }
    }
  }

  private static boolean take(
      ConsumerRecord<String, byte[]> record,
      Retelling retelling,
      ModelEntry<?, ?, ?> entry,
      AtomicReference<@Nullable Alert> found) {
    try {
      Alert alert = ALERTS.decode(record.value());
      if (alert.model().equals(entry.id()) && retelling.communities().contains(alert.community())) {
        found.set(alert);
        return true;
      }
      return false;
    } catch (WireException e) {
      throw new IllegalStateException("An alert in Kafka cannot be read: " + e.getMessage(), e);
    }
  }

  private void show(Alert alert, ModelEntry<?, ?, ?> entry, PrintWriter out) {
    boolean chinese = language.equals("zh");
    Explanations texts = Explanations.in(chinese ? Locale.CHINESE : Locale.ENGLISH);
    out.printf("  %s  alert%n%n", CLOCK.format(Instant.now()));
    out.printf(
        "  %s  %s  %s%n",
        alert.severity(), alert.state(), chinese ? entry.card().titleZh() : entry.card().title());
    out.printf("  %s%n", texts.text(alert.explanation()));
    out.printf("  at        %s, %s%n", alert.place(), alert.community());
    out.printf("  from      %s%n", CLOCK.format(alert.firstEventTime()));
    out.printf("  to        %s%n", CLOCK.format(alert.lastEventTime()));
    for (Evidence one : alert.evidence()) {
      out.printf(
          "  evidence  %s  %s: %s%n",
          CLOCK.format(one.time()), one.device(), texts.text(one.role()));
    }
    out.printf("  stopped by %s%n", texts.text(alert.stoppedBy()));
    out.printf("  id        %s, revision %d%n", alert.id(), alert.revision());
    out.flush();
  }
}
