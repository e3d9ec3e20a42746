package gatehouse.launcher.command;

import gatehouse.launcher.data.DataDirectory;
import gatehouse.launcher.data.Endpoint;
import gatehouse.launcher.data.Ports;
import gatehouse.wire.DeadLetter;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What was refused: look at it, and send it again. */
@Command(
    name = "dead-letters",
    header = "List, show and send again what the intake or a model refused.",
    description =
        "Every refused message is kept for 30 days with the reason; of a device that has many of"
            + " them, 256 KiB a minute, and the others are counted. Works on the Gatehouse that is"
            + " running in --data DIR.",
    synopsisSubcommandLabel = "list | show | replay",
    footer = {
      "",
      "Examples:",
      "  ./gatehouse dead-letters list --reason UNKNOWN_DEVICE --since 1h",
      "  ./gatehouse dead-letters show 0-17",
      "  ./gatehouse dead-letters replay 0-17 0-18"
    })
final class DeadLettersCommand {
  private static final String DEVICE_TOPICS = "gatehouse/v1/";

  @Spec private CommandSpec spec = CommandSpec.create();

  /** How many messages were refused for a reason, and how many of them can be sent again. */
  private record Total(long messages, long again) {
    static Total of(StoredLetter one) {
      return new Total(one.count(), one.obstacle().isEmpty() ? 1 : 0);
    }

    Total plus(Total other) {
      return new Total(messages + other.messages, again + other.again);
    }
  }

  /** Which dead letters are meant. */
  static final class Filter {
    @Option(
        names = "--reason",
        paramLabel = "REASON",
        description = "Only those refused for this reason, e.g. UNKNOWN_DEVICE.")
    private @Nullable String reason;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        converter = AgeConverter.class,
        description = "Only those of the last 30s, 15m, 2h, 3d.")
    private @Nullable Duration since;

    boolean takes(DeadLetter letter) {
      return (reason == null || letter.reason().equalsIgnoreCase(reason))
          && (since == null || letter.receivedAt().isAfter(Instant.now().minus(since)));
    }
  }

  @Command(name = "list", header = "List dead letters, the newest last, and count them by reason.")
  int list(
      @Mixin DataOption data,
      @Mixin Filter filter,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "50",
              description = "How many of the newest to show. Default: ${DEFAULT-VALUE}.")
          int limit)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<StoredLetter> letters =
        all(data.running()).stream().filter(one -> filter.takes(one.letter())).toList();
    if (letters.isEmpty()) {
      out.println("No dead letters.");
      out.flush();
      return 0;
    }
    out.printf("  %-9s %-20s %-20s %-28s %s%n", "id", "received", "reason", "device", "what");
    for (StoredLetter one : letters.subList(Math.max(0, letters.size() - limit), letters.size())) {
      DeadLetter letter = one.letter();
      out.printf(
          "  %-9s %-20s %-20s %-28s %s%n",
          one.id(),
          letter.receivedAt().truncatedTo(ChronoUnit.SECONDS),
          letter.reason(),
          letter.device().isEmpty() ? "-" : letter.community() + "/" + letter.device(),
          letter.detail());
    }
    out.println();
    Map<String, Total> totals = new TreeMap<>();
    letters.forEach(one -> totals.merge(one.letter().reason(), Total.of(one), Total::plus));
    out.printf("  %-20s %10s %18s%n", "reason", "messages", "can be sent again");
    totals.forEach(
        (reason, total) ->
            out.printf("  %-20s %10d %18d%n", reason, total.messages(), total.again()));
    out.flush();
    return 0;
  }

  @Command(
      name = "show",
      header = "Show one dead letter with its payload.",
      description = "The payload may hold personal data; nothing else of Gatehouse prints it.")
  int show(
      @Mixin DataOption data,
      @Parameters(paramLabel = "ID", description = "As in the list, e.g. 0-17.") String id)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    StoredLetter stored = find(all(data.running()), id);
    DeadLetter letter = stored.letter();
    out.printf("  received   %s%n", letter.receivedAt());
    out.printf("  refused by %s%n", letter.stage());
    out.printf("  reason     %s%n", letter.reason());
    out.printf("  what       %s%n", letter.detail());
    out.printf("  community  %s%n", letter.community());
    out.printf("  device     %s%n", letter.device());
    out.printf("  source     %s%n", letter.source());
    out.printf("  messages   %d%n", stored.count());
    out.println("  payload");
    out.println(printable(payload(letter)));
    out.flush();
    return 0;
  }

  @Command(
      name = "replay",
      header = "Send dead letters again, to where they were refused.",
      description =
          "For when the cause is gone: the device is registered now, the model is mended. What is"
              + " refused again becomes a new dead letter.")
  int replay(
      @Mixin DataOption data,
      @Mixin Filter filter,
      @Option(names = "--all", description = "All that the other options leave.")
          boolean everything,
      @Parameters(paramLabel = "ID", arity = "0..*", description = "As in the list, e.g. 0-17.")
          @Nullable List<String> ids)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    DataDirectory directory = data.running();
    List<StoredLetter> letters = all(directory);
    List<StoredLetter> chosen = new ArrayList<>();
    if (everything) {
      letters.stream().filter(one -> filter.takes(one.letter())).forEach(chosen::add);
    }
    for (String id : ids == null ? List.<String>of() : ids) {
      chosen.add(find(letters, id));
    }
    if (chosen.isEmpty()) {
      throw new IOException("Nothing to send again. Maybe name an id, or say --all.");
    }
    int sent = 0;
    for (StoredLetter one : chosen) {
      Optional<String> obstacle = one.obstacle();
      if (obstacle.isPresent()) {
        out.printf("  %-9s not sent: %s%n", one.id(), obstacle.get());
      } else {
        send(directory, one.letter());
        out.printf("  %-9s sent%n", one.id());
        sent++;
      }
      out.flush();
    }
    out.printf("Sent %d of %d.%n", sent, chosen.size());
    out.flush();
    return sent == chosen.size() ? 0 : 1;
  }

  /** Sends to where it was refused. */
  private static void send(DataDirectory directory, DeadLetter letter) throws IOException {
    if (letter.source().startsWith(DEVICE_TOPICS)) {
      try (Gateway gateway = Gateway.open(directory, letter.community())) {
        gateway.publish(letter.source(), payload(letter));
      }
      return;
    }
    String bootstrap = Ports.read(directory.portsFile()).address(Endpoint.KAFKA);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(Topic.EVENTS.topicName(), letter.community(), payload(letter)))
          .get();
    } catch (ExecutionException e) {
      throw new IOException("Kafka at " + bootstrap + " did not take the record.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while sending to Kafka.", e);
    }
  }

  private static List<StoredLetter> all(DataDirectory directory) throws IOException {
    List<StoredLetter> letters = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    String bootstrap = Ports.read(directory.portsFile()).address(Endpoint.KAFKA);
    try (TopicReader reader = new TopicReader(bootstrap, Topic.DEAD_LETTERS)) {
      reader.readAll(
          one -> {
            try {
              letters.add(StoredLetter.read(one));
            } catch (WireException e) {
              unreadable.add(StoredLetter.idOf(one));
            }
          });
    }
    if (!unreadable.isEmpty()) {
      throw new IOException(
          "These records of "
              + Topic.DEAD_LETTERS.topicName()
              + " are no dead letters: "
              + unreadable);
    }
    letters.sort(Comparator.comparing(one -> one.letter().receivedAt()));
    return letters;
  }

  private static StoredLetter find(List<StoredLetter> letters, String id) throws IOException {
    return letters.stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "There is no dead letter " + id + ". Maybe ./gatehouse dead-letters list."));
  }

  private static byte[] payload(DeadLetter letter) {
    return Base64.getDecoder().decode(letter.payload());
  }

  /** Control characters would act on the terminal; they are shown as a dot. */
  private static String printable(byte[] payload) {
    return new String(payload, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", ".");
  }
}
