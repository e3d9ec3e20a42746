package gatehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.fixture.RandomRecords;
import gatehouse.site.Device;
import gatehouse.wire.DeadLetter;
import gatehouse.wire.DeviceMessage;
import gatehouse.wire.FactCodec;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import gatehouse.wire.WireName;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From the device's message to the record in Kafka, over a real broker and a real Kafka. */
class IngestTest {

  private static final String COMMUNITY = "riverside";

  private static Rig rig;
  private static Gateway gateway;
  private static Ingest ingest;

  @BeforeAll
  static void start() throws Exception {
    rig = Rig.shared();
    rig.register(COMMUNITY, "door-1", "door-2", "clock", "drift", "twice", "strip");
    rig.register(
        new Device(
            "lane-out",
            COMMUNITY,
            Instant.EPOCH,
            "north-gate",
            "vehicle-checkpoint",
            Direction.OUT,
            "Lane 2",
            true));
    rig.register(
        new Device(
            "gone",
            COMMUNITY,
            Instant.EPOCH,
            "gate",
            "access-terminal",
            Direction.UNKNOWN,
            "Old reader",
            false));
    gateway = rig.gateway(COMMUNITY);
    ingest = rig.ingest(Rig.FAST);
    // One in time: from here on a late event means a wrong clock.
    publish("door-1", Messages.valid(COMMUNITY, "door-1", "first", 0));
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    ingest.close();
    assertThat(ingest.balance().inFlight()).isZero();
    assertThat(ingest.balance().difference()).isZero();
  }

  @Test
  void publishesWhatADeviceSawWithWhatTheRegistryKnows() throws Exception {
    PlateRead sent =
        new PlateRead(
            Messages.origin("", "", "plate-1", 1, Instant.now()),
            "chosen by the device",
            " 京Ａ·12345 ",
            0.97,
            List.of(),
            "blue",
            "white",
            "car",
            "",
            "2",
            Direction.UNKNOWN,
            Outcome.GRANTED,
            List.of(),
            null);
    publish("lane-out", withoutSource(sent));

    ConsumerRecord<String, byte[]> record = event("plate-1");
    assertThat(record.key()).isEqualTo(COMMUNITY);
    assertThat(headers(record))
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_id", "plate-1")
        .containsEntry("ce_type", "gatehouse.plate-read")
        .containsEntry("ce_source", "riverside/lane-out")
        .containsEntry("ce_time", sent.time().toString())
        .containsEntry("content-type", "application/json");
    PlateRead read = (PlateRead) FactCodec.decode(record.value());
    assertThat(read.plate()).isEqualTo("京A12345");
    assertThat(read.direction()).isEqualTo(Direction.OUT);
    assertThat(read.place().id()).isEqualTo("north-gate");
    assertThat(read.device()).isEqualTo("lane-out");
    assertThat(read.community()).isEqualTo(COMMUNITY);
    assertThat(read.origin().clock()).isEqualTo(ClockQuality.GOOD);
    assertThat(read.origin().receivedAt()).isAfterOrEqualTo(sent.time());
  }

  @Test
  void publishesEveryKindOfEvent() throws Exception {
    RandomRecords random = new RandomRecords(20261124);
    List<String> types = new ArrayList<>();
    for (Class<?> kind : DeviceEvent.class.getPermittedSubclasses()) {
      String id = "kind-" + types.size();
      DeviceEvent event =
          inRange((DeviceEvent) random.of(kind.asSubclass(Record.class)))
              .withOrigin(Messages.origin("", "", id, 100 + types.size(), Instant.now()));
      publish("door-2", withoutSource(event));
      types.add(WireName.of(kind));
      assertThat(headers(event(id))).containsEntry("ce_type", WireName.of(kind));
    }
    assertThat(types).hasSize(9);
  }

  @Test
  void refusesWithAReasonAndKeepsWhatItRefused() throws Exception {
    String other = Messages.text(COMMUNITY, "door-2", "r-1", 1);
    refuses("nobody", Messages.valid(COMMUNITY, "nobody", "r-2", 1), Rejection.UNKNOWN_DEVICE);
    refuses("gone", Messages.valid(COMMUNITY, "gone", "r-3", 1), Rejection.REVOKED_DEVICE);
    refuses("door-1", Messages.bytes(other), Rejection.IDENTITY_MISMATCH);
    refuses(
        "door-1",
        Messages.bytes(other.replace("riverside/door-2", "door-2")),
        Rejection.IDENTITY_MISMATCH);
    refuses("door-1", Messages.bytes("{\"specversion\""), Rejection.MALFORMED);
    refuses("door-1", Messages.bytes("{}"), Rejection.WRONG_SCHEMA);
    refuses(
        "door-1",
        Messages.bytes(
            Messages.text(COMMUNITY, "door-1", "r-4", 4).replace("card-0815", "a\\u0000b")),
        Rejection.BAD_TEXT);
    refuses("door-1", oversized(), Rejection.TOO_LARGE);
  }

  @Test
  void ignoresASourceThatNamesNoDeviceOfOurs() throws Exception {
    publish(
        "door-1",
        Messages.bytes(
            Messages.text(COMMUNITY, "door-1", "s-1", 300)
                .replace("riverside/door-1", "urn:vendor:reader")));
    assertThat(event("s-1")).isNotNull();
  }

  @Test
  void readsNoFormatItDoesNotKnow() throws Exception {
    long before = ingest.balance().rejected(Rejection.UNKNOWN_FORMAT);
    byte[] message = Messages.valid(COMMUNITY, "door-1", "f-1", 310);
    long settled = settled();
    gateway.publish("door-1", message, "", "application/x-vendor");
    gateway.publish("door-1", message, "", "application/json; charset=utf-8");
    Waiting.untilSettled(ingest, settled + 2);
    assertThat(ingest.balance().rejected(Rejection.UNKNOWN_FORMAT)).isEqualTo(before + 1);
    assertThat(event("f-1")).isNotNull();
  }

  /** trust.md F20. */
  @Test
  void judgesTheClocksOfDevices() throws Exception {
    Instant now = Instant.now();
    assertThat(quality("c-1", 1, now)).isEqualTo(ClockQuality.GOOD);
    assertThat(quality("c-2", 2, now.plusSeconds(90))).isEqualTo(ClockQuality.SKEWED);
    assertThat(quality("c-3", 3, now.minus(Duration.ofDays(1)))).isEqualTo(ClockQuality.SKEWED);
    byte[] buffered =
        Messages.bytes(
            new String(
                    Messages.at(COMMUNITY, "clock", "c-4", 4, now.minus(Duration.ofHours(20))),
                    StandardCharsets.UTF_8)
                .replace("\"buffered\":false", "\"buffered\":true"));
    publish("clock", buffered);
    assertThat(((DeviceEvent) FactCodec.decode(event("c-4").value())).origin().clock())
        .isEqualTo(ClockQuality.BUFFERED);
    refusesAt(now.plus(Duration.ofDays(1)), Rejection.CLOCK_FUTURE);
    refusesAt(Instant.parse("2099-01-01T00:00:00Z"), Rejection.CLOCK_FUTURE);
    refusesAt(Instant.parse("9999-12-31T23:59:59Z"), Rejection.CLOCK_FUTURE);
    refusesAt(Instant.EPOCH, Rejection.TOO_OLD);
    refusesAt(now.minus(Duration.ofDays(8)), Rejection.TOO_OLD);
  }

  /** trust.md F32: a firmware that changes a field's type or unit is refused and counted. */
  @Test
  void noticesWhenAKindOfDeviceChangesItsSchema() throws Exception {
    String drift = "gatehouse_ingest_schema_drift_total{kind=\"access-terminal\"}";
    double before = metric(drift);
    String valid = Messages.text(COMMUNITY, "drift", "d-1", 1);
    refuses("drift", Messages.bytes(valid.replace("\"card-0815\"", "815")), Rejection.WRONG_SCHEMA);
    refuses(
        "drift",
        Messages.bytes(valid.replace("\"GRANTED\"", "\"ALLOWED\"")),
        Rejection.WRONG_SCHEMA);
    refuses(
        "drift",
        Messages.bytes(valid.replace("\"credential\":\"card-0815\",", "")),
        Rejection.WRONG_SCHEMA);
    assertThat(metric(drift)).isEqualTo(before + 3);
  }

  @Test
  void publishesWhatIsSentTwiceOnlyOnce() throws Exception {
    String message = Messages.text(COMMUNITY, "twice", "t-1", 1);
    long duplicates = ingest.balance().duplicates();
    publish("twice", Messages.bytes(message));
    publish("twice", Messages.bytes(message));
    publish("twice", Messages.bytes(message.replace("\"buffered\":false", "\"buffered\":true")));
    publish("twice", Messages.bytes(message.replace("\"seq\":1", "\"seq\":2")));
    publish("twice", Messages.bytes(message.replace("\"t-1\"", "\"t-1b\"")));
    assertThat(ingest.balance().duplicates()).isEqualTo(duplicates + 4);
    refuses(
        "twice",
        Messages.bytes(message.replace("card-0815", "card-0816")),
        Rejection.SEQUENCE_CONFLICT);
    assertThat(events().stream().filter(one -> one.device().equals("twice"))).hasSize(1);
  }

  @Test
  void dropsAndCountsWhatMustNotBeKeptOfPeople() throws Exception {
    String stripped = "gatehouse_ingest_stripped_fields_total{field=\"ethnicity\"}";
    String unknown = "gatehouse_ingest_unknown_fields_total";
    double strippedBefore = metric(stripped);
    double unknownBefore = metric(unknown);
    String message =
        Messages.text(COMMUNITY, "strip", "p-1", 1)
            .replace(
                "\"credential\"",
                "\"EthicCode\":\"canary-1\",\"mood\":\"canary-2\",\"credential\"");
    publish("strip", Messages.bytes(message));
    assertThat(new String(event("p-1").value(), StandardCharsets.UTF_8)).doesNotContain("canary");
    assertThat(metric(stripped)).isEqualTo(strippedBefore + 1);
    assertThat(metric(unknown)).isEqualTo(unknownBefore + 1);

    DeadLetter cut =
        refuses(
            "strip", Messages.bytes(message.replace("\"GRANTED\"", "7")), Rejection.WRONG_SCHEMA);
    assertThat(new String(Base64.getDecoder().decode(cut.payload()), StandardCharsets.UTF_8))
        .doesNotContain("canary-1")
        .contains("canary-2");
    DeadLetter withheld =
        refuses("strip", Messages.bytes("{\"religion\":\"canary-3\""), Rejection.MALFORMED);
    assertThat(withheld.payload()).isEmpty();
  }

  @Test
  void recognisesAfterARestartWhatItPublishedBefore() throws Exception {
    byte[] message = Messages.valid(COMMUNITY, "twice", "restart-1", 50);
    publish("twice", message);
    ingest.close();
    assertThat(ingest.balance().difference()).isZero();
    ingest = rig.ingest(Rig.FAST);
    publish("twice", message);
    assertThat(ingest.balance().duplicates()).isEqualTo(1);
    publish("door-1", Messages.valid(COMMUNITY, "door-1", "restart-2", 51));
  }

  @Test
  void saysHowItIs() throws Exception {
    assertThat(get("/ready")).isEqualTo("ready\n");
    assertThat(get("/health")).isEqualTo("running\n");
    assertThat(metric("gatehouse_ingest_balance")).isZero();
    assertThat(metric("gatehouse_ingest_ready")).isEqualTo(1);
    assertThat(metric("gatehouse_ingest_received_total")).isPositive();
    assertThat(get("/metrics/secret")).isEqualTo("not here\n");
  }

  private static DeviceEvent inRange(DeviceEvent event) throws WireException {
    // Random doubles are out of the declared ranges; what is left out is zero.
    String json = new String(DeviceMessage.encode(event), StandardCharsets.UTF_8);
    String tame =
        json.replaceAll("\"(confidence|similarity|quality|bufferFill)\":[-0-9.E]+", "\"$1\":0.5")
            .replaceAll("\"characterConfidence\":\\[[^]]*]", "\"characterConfidence\":[0.5]")
            .replaceAll("\"count\":-?[0-9]+", "\"count\":1")
            .replaceAll("\"id\":\"(?:[^\"\\\\]|\\\\.)*\"", "\"id\":\"x\"")
            .replaceAll("\"seq\":-?[0-9]+", "\"seq\":1");
    return DeviceMessage.decode(Messages.bytes(tame)).event();
  }

  private static byte[] withoutSource(DeviceEvent event) {
    String json = new String(DeviceMessage.encode(event), StandardCharsets.UTF_8);
    return Messages.bytes(json.replaceFirst("\"source\":\"[^\"]*\",", ""));
  }

  private static byte[] oversized() {
    byte[] bytes = new byte[Limits.PAYLOAD + 1];
    Arrays.fill(bytes, (byte) ' ');
    return bytes;
  }

  private ClockQuality quality(String id, long seq, Instant time) throws Exception {
    publish("clock", Messages.at(COMMUNITY, "clock", id, seq, time));
    return ((AccessEvent) FactCodec.decode(event(id).value())).origin().clock();
  }

  private void refusesAt(Instant time, Rejection reason) throws Exception {
    refuses("clock", Messages.at(COMMUNITY, "clock", "never", 1000, time), reason);
  }

  /** The dead letter. Waits until the device may have one that is kept. */
  private DeadLetter refuses(String device, byte[] payload, Rejection reason) throws Exception {
    long before = ingest.balance().rejected(reason);
    publish(device, payload);
    assertThat(ingest.balance().rejected(reason)).isEqualTo(before + 1);
    List<ConsumerRecord<String, byte[]>> letters = rig.records(Topic.DEAD_LETTERS, COMMUNITY);
    DeadLetter letter =
        RecordCodec.of(DeadLetter.class).decode(letters.get(letters.size() - 1).value());
    assertThat(letter.stage()).isEqualTo("ingest");
    assertThat(letter.reason()).isEqualTo(reason.name());
    assertThat(letter.device()).isEqualTo(device);
    assertThat(letter.source()).isEqualTo("gatehouse/v1/riverside/" + device + "/event");
    return letter;
  }

  private static void publish(String device, byte[] payload) throws Exception {
    long settled = settled();
    gateway.publish(device, payload);
    Waiting.untilSettled(ingest, settled + 1);
  }

  private static long settled() {
    Ledger.Balance balance = ingest.balance();
    return balance.received() - balance.returned();
  }

  private static ConsumerRecord<String, byte[]> event(String id) {
    return rig.records(Topic.EVENTS, COMMUNITY).stream()
        .filter(record -> headers(record).get("ce_id").equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " is not in Kafka: " + ingest.balance()));
  }

  private static List<DeviceEvent> events() throws WireException {
    List<DeviceEvent> events = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : rig.records(Topic.EVENTS, COMMUNITY)) {
      events.add((DeviceEvent) FactCodec.decode(record.value()));
    }
    return events;
  }

  private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    record
        .headers()
        .forEach(one -> headers.put(one.key(), new String(one.value(), StandardCharsets.UTF_8)));
    return headers;
  }

  private static double metric(String name) throws Exception {
    return get("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  private static String get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ingest.statusPort() + path))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
