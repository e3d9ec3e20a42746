package gatehouse.service.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, tried by stock clients (trust.md S3). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MqttBrokerTest {
  private static final int NO_MATCHING_SUBSCRIBERS = 16;
  private static final int NOT_AUTHORIZED = 135;
  private static final String DOOR_1 = "gatehouse/v1/riverside/door-1";
  private static final String DOOR_2 = "gatehouse/v1/riverside/door-2";
  private static final String ELSEWHERE = "gatehouse/v1/lakeside/door-1";

  private final Path dir;
  private final Path credentials;
  private final MqttBroker broker;

  MqttBrokerTest(@TempDir Path dir) throws Exception {
    this.dir = dir;
    this.credentials = dir.resolve("credentials.csv");
    new Credentials()
        .add("riverside/door-1", Role.DEVICE, "riverside", "door-1-secret")
        .add("riverside/door-2", Role.DEVICE, "riverside", "door-2-secret")
        .add("riverside/revoked", Role.DEVICE, "riverside", "revoked-secret")
        .add("lakeside/door-1", Role.DEVICE, "lakeside", "door-1-secret")
        .add("replay-gateway", Role.GATEWAY, "riverside", "gateway-secret")
        .add("ingest", Role.INGEST, "*", "ingest-secret")
        .add("api", Role.API, "*", "api-secret")
        .add("monitor", Role.API, "*", "monitor-secret")
        .write(credentials);
    this.broker = MqttBroker.start(dir.resolve("broker"), 0, credentials);
  }

  @BeforeAll
  void isUp() {
    assertThat(broker.port()).isPositive();
  }

  @AfterAll
  void stop() throws IOException {
    broker.close();
  }

  @Test
  void takesADevicesEventToTheIntake() throws Exception {
    try (TestClient ingest = service("ingest");
        TestClient door = TestClient.device(broker, "riverside", "door-1")) {
      assertThat(ingest.subscribe("$share/ingest/gatehouse/v1/+/+/event")).isLessThan(128);
      assertThat(door.publish(DOOR_1 + "/event", "hello", 1, false)).isZero();
      assertThat(ingest.next()).isEqualTo(DOOR_1 + "/event hello");
    }
  }

  @Test
  void takesACommandToTheDoorAndItsAnswerBack() throws Exception {
    try (TestClient api = service("api");
        TestClient door = TestClient.device(broker, "riverside", "door-1")) {
      assertThat(api.subscribe("gatehouse/v1/+/+/ack")).isLessThan(128);
      assertThat(door.subscribe(DOOR_1 + "/command")).isLessThan(128);
      assertThat(api.publish(DOOR_1 + "/command", "open", 1, false)).isZero();
      assertThat(door.next()).isEqualTo(DOOR_1 + "/command open");
      assertThat(door.publish(DOOR_1 + "/ack", "released", 1, false)).isZero();
      assertThat(api.next()).isEqualTo(DOOR_1 + "/ack released");
    }
  }

  @Test
  void tellsTheSenderAtOnceThatNobodyTookACommand() throws Exception {
    try (TestClient api = service("api")) {
      assertThat(api.publish(DOOR_2 + "/command", "open", 1, false))
          .isEqualTo(NO_MATCHING_SUBSCRIBERS);
    }
  }

  @Test
  void keepsNoCommandForADoorThatIsAwayEvenIfItAskedForASession() throws Exception {
    MqttConnectionOptions wantsSession = TestClient.credential("riverside/door-2", "door-2-secret");
    wantsSession.setCleanStart(false);
    wantsSession.setSessionExpiryInterval(3600L);
    try (TestClient door = TestClient.connect(broker, "riverside:door-2", wantsSession)) {
      assertThat(door.subscribe(DOOR_2 + "/command")).isLessThan(128);
    }
    try (TestClient api = service("api")) {
      assertThat(api.publish(DOOR_2 + "/command", "open", 1, false))
          .isEqualTo(NO_MATCHING_SUBSCRIBERS);
    }
  }

  @Test
  void announcesADeviceThatIsLostByItsRetainedWill() throws Exception {
    MqttConnectionOptions withWill = TestClient.credential("riverside/door-2", "door-2-secret");
    withWill.setWill(DOOR_2 + "/status", retained("offline"));
    try (TestClient api = service("api");
        TestClient door = TestClient.connect(broker, "riverside:door-2", withWill)) {
      assertThat(door.publish(DOOR_2 + "/status", "online", 1, true)).isLessThan(128);
      assertThat(api.subscribe("gatehouse/v1/+/+/status")).isLessThan(128);
      assertThat(api.next()).isEqualTo(DOOR_2 + "/status online");
      // The same client id once more ends the first connection without a goodbye.
      try (TestClient again = TestClient.device(broker, "riverside", "door-2")) {
        assertThat(again.isConnected()).isTrue();
        assertThat(api.next()).isEqualTo(DOOR_2 + "/status offline");
        assertThat(again.publish(DOOR_2 + "/status", "", 1, true)).isLessThan(128);
      }
    }
  }

  @Test
  void letsAGatewaySpeakForItsOwnCommunityOnly() throws Exception {
    try (TestClient gateway =
        TestClient.connect(broker, "replay-gateway-1", "replay-gateway", "gateway-secret")) {
      assertThat(gateway.publish(DOOR_1 + "/event", "x", 1, false)).isLessThan(128);
      assertThat(gateway.publish(DOOR_2 + "/status", "online", 1, false)).isLessThan(128);
      assertThat(gateway.subscribe("gatehouse/v1/riverside/+/command")).isLessThan(128);
      assertRefused(gateway, ELSEWHERE + "/event", 1, false);
    }
  }

  @ParameterizedTest
  @CsvSource({
    DOOR_2 + "/event,1,false",
    DOOR_2 + "/ack,1,false",
    DOOR_2 + "/status,1,true",
    ELSEWHERE + "/event,1,false",
    DOOR_1 + "/command,1,false",
    DOOR_2 + "/command,1,true",
    DOOR_1 + "/event,1,true",
    DOOR_1 + "/ack,1,true",
    DOOR_1 + "/event,2,false",
    DOOR_1 + "/event/more,1,false",
    "gatehouse/v1/riverside/door-1,1,false",
    "$SYS/broker,1,false",
    "anything,1,false"
  })
  void refusesAPublishThatIsNotTheDevicesOwn(String topic, int qos, boolean retained)
      throws Exception {
    try (TestClient door = TestClient.device(broker, "riverside", "door-1")) {
      assertRefused(door, topic, qos, retained);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#",
        "+/#",
        "+",
        "$SYS/#",
        "gatehouse/#",
        "gatehouse/v1/+/+/event",
        "gatehouse/v1/riverside/+/command",
        DOOR_2 + "/command",
        ELSEWHERE + "/command",
        DOOR_1 + "/event",
        "$share/ingest/gatehouse/v1/+/+/event",
        "$share/doors/" + DOOR_1 + "/command"
      })
  void refusesADeviceWhatIsNotItsOwnCommandTopic(String filter) throws Exception {
    try (TestClient door = TestClient.device(broker, "riverside", "door-1")) {
      assertThat(door.subscribe(filter)).isEqualTo(NOT_AUTHORIZED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#",
        "$SYS/#",
        "gatehouse/v1/+/+/event",
        "$share/other/gatehouse/v1/+/+/event",
        "$share/ingest/gatehouse/v1/+/+/command",
        "$share/ingest/gatehouse/v1/+/+/ack",
        "$share/ingest/#"
      })
  void refusesTheIntakeAllButItsSharedSubscription(String filter) throws Exception {
    try (TestClient ingest = service("ingest")) {
      assertThat(ingest.subscribe(filter)).isEqualTo(NOT_AUTHORIZED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#",
        "gatehouse/v1/+/+/event",
        "gatehouse/v1/+/+/command",
        "$share/ingest/gatehouse/v1/+/+/event",
        "$share/api/gatehouse/v1/+/+/ack"
      })
  void refusesTheApiWhatItHasNoUseFor(String filter) throws Exception {
    try (TestClient api = service("api")) {
      assertThat(api.subscribe(filter)).isEqualTo(NOT_AUTHORIZED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    DOOR_1 + "/command,1,true",
    DOOR_1 + "/command,0,false",
    DOOR_1 + "/event,1,false",
    DOOR_1 + "/ack,1,false",
    DOOR_1 + "/status,1,true"
  })
  void refusesTheApiAllButACommandThatIsNotKept(String topic, int qos, boolean retained)
      throws Exception {
    try (TestClient api = service("api")) {
      assertRefused(api, topic, qos, retained);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DOOR_2 + "/status",
        ELSEWHERE + "/status",
        DOOR_1 + "/command",
        DOOR_2 + "/command",
        DOOR_1 + "/event"
      })
  void refusesALastWillThatIsNotTheDevicesOwnStatus(String topic) {
    MqttConnectionOptions options = TestClient.credential("riverside/door-1", "door-1-secret");
    options.setWill(topic, retained("late"));
    assertThatThrownBy(() -> TestClient.connect(broker, "riverside:door-1", options))
        .isInstanceOf(MqttException.class)
        .extracting(e -> ((MqttException) e).getReasonCode())
        .isEqualTo(NOT_AUTHORIZED);
  }

  @ParameterizedTest
  @CsvSource({
    "riverside:door-1,riverside/door-1,guess",
    "riverside:door-1,riverside/door-1,''",
    "riverside:door-9,riverside/door-9,door-9-secret",
    "riverside:door-1,door-1,door-1-secret",
    // Somebody else's client id, with a good credential of one's own.
    "riverside:door-1,riverside/door-2,door-2-secret",
    "riverside:door-1,replay-gateway,gateway-secret",
    "ingest-1,api,api-secret",
    "riverside:door-1,api,api-secret",
    "'',riverside/door-1,door-1-secret",
    "door-1,riverside/door-1,door-1-secret",
    "riverside:door-1:2,riverside/door-1,door-1-secret",
    "RIVERSIDE:door-1,riverside/door-1,door-1-secret"
  })
  void refusesAWrongPasswordOrAClientIdOfSomebodyElse(
      String clientId, String username, String password) {
    assertThatThrownBy(() -> TestClient.connect(broker, clientId, username, password))
        .isInstanceOf(MqttException.class);
  }

  @Test
  void refusesTheAnonymous() {
    MqttConnectionOptions anonymous = new MqttConnectionOptions();
    anonymous.setAutomaticReconnect(false);
    assertThatThrownBy(() -> TestClient.connect(broker, "riverside:door-1", anonymous))
        .isInstanceOf(MqttException.class);
  }

  @Test
  void doesNotLetAnotherCredentialPushAClientOut() throws Exception {
    try (TestClient door = TestClient.device(broker, "riverside", "door-1")) {
      assertThatThrownBy(
              () ->
                  TestClient.connect(
                      broker, "riverside:door-1", "riverside/door-2", "door-2-secret"))
          .isInstanceOf(MqttException.class);
      assertThat(door.publish(DOOR_1 + "/event", "still here", 1, false)).isLessThan(128);
    }
  }

  @Test
  void putsOutWhoeverLosesItsCredentialAndForgetsItsSession() throws Exception {
    MqttConnectionOptions withSession = TestClient.credential("monitor", "monitor-secret");
    withSession.setCleanStart(false);
    withSession.setSessionExpiryInterval(3600L);
    try (TestClient away = TestClient.connect(broker, "monitor", withSession)) {
      assertThat(away.subscribe("gatehouse/v1/+/+/ack")).isLessThan(128);
    }
    try (TestClient revoked = TestClient.device(broker, "riverside", "revoked");
        TestClient door = TestClient.device(broker, "riverside", "door-1")) {
      Credentials.read(credentials)
          .remove("riverside/revoked")
          .remove("monitor")
          .write(credentials);

      assertThat(revoked.isDisconnectedWithin(5)).isTrue();
      assertThat(door.isConnected()).isTrue();
      assertThatThrownBy(() -> TestClient.device(broker, "riverside", "revoked"))
          .isInstanceOf(MqttException.class);
      // With the session gone, nobody is left who would take the answer.
      assertThat(door.publish(DOOR_1 + "/ack", "x", 1, false)).isEqualTo(NO_MATCHING_SUBSCRIBERS);
    }
  }

  @Test
  void knowsANewCredentialAtOnceAndDropsOneWhosePasswordChanged() throws Exception {
    Credentials.addTo(credentials, "riverside/new", Role.DEVICE, "riverside", "new-secret");
    try (TestClient device = TestClient.device(broker, "riverside", "new")) {
      assertThat(device.publish("gatehouse/v1/riverside/new/event", "x", 1, false)).isLessThan(128);
      Credentials.addTo(credentials, "riverside/new", Role.DEVICE, "riverside", "newer");
      assertThat(device.isDisconnectedWithin(5)).isTrue();
    }
  }

  @Test
  void saysThatAPortIsTaken() {
    assertThatThrownBy(() -> MqttBroker.start(dir.resolve("second"), broker.port(), credentials))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Port " + broker.port());
  }

  @Test
  void keepsWhatTheIntakeHasNotFetchedOverARestart(@TempDir Path own) throws Exception {
    MqttConnectionOptions session = TestClient.credential("ingest", "ingest-secret");
    session.setCleanStart(false);
    session.setSessionExpiryInterval(3600L);
    int port;
    try (MqttBroker first = MqttBroker.start(own, 0, credentials)) {
      port = first.port();
      try (TestClient ingest = TestClient.connect(first, "ingest-1", session)) {
        assertThat(ingest.subscribe("$share/ingest/gatehouse/v1/+/+/event")).isLessThan(128);
      }
      try (TestClient door = TestClient.device(first, "riverside", "door-1")) {
        assertThat(door.publish(DOOR_1 + "/event", "kept", 1, false)).isZero();
      }
    }
    try (MqttBroker second = MqttBroker.start(own, port, credentials);
        TestClient ingest = TestClient.connect(second, "ingest-1", session)) {
      assertThat(ingest.next()).isEqualTo(DOOR_1 + "/event kept");
    }
  }

  /** The other members of the shared subscription get what it has no room for. */
  @Test
  void reservesLittleForAMemberThatDoesNotAcknowledge(@TempDir Path own) throws Exception {
    int sent = 300;
    int window = 10;
    try (MqttBroker shared = MqttBroker.start(own, 0, credentials)) {
      try (TestClient first = session(shared, "ingest-1", 1000)) {
        assertThat(first.subscribe("$share/ingest/gatehouse/v1/+/+/event")).isLessThan(128);
      }
      try (TestClient door = TestClient.device(shared, "riverside", "door-1")) {
        for (int i = 0; i < sent; i++) {
          assertThat(door.publish(DOOR_1 + "/event", "" + i, 1, false)).isZero();
        }
      }
      try (TestClient stuck = muteSession(shared, "ingest-1", window)) {
        for (int i = 0; i < window; i++) {
          assertThat(stuck.next()).isNotNull();
        }
        try (TestClient well = session(shared, "ingest-2", 1000)) {
          assertThat(well.subscribe("$share/ingest/gatehouse/v1/+/+/event")).isLessThan(128);
          for (int i = 0; i < sent - 50; i++) {
            assertThat(well.next()).as("message %d for the other member", i).isNotNull();
          }
        }
      }
      try (TestClient after = session(shared, "ingest-1", 1000)) {
        for (int i = 0; i < 50; i++) {
          assertThat(after.next()).as("message %d of those reserved", i).isNotNull();
        }
      }
    }
  }

  private static TestClient session(MqttBroker broker, String clientId, int window)
      throws MqttException {
    return TestClient.connect(broker, clientId, session(window));
  }

  private static TestClient muteSession(MqttBroker broker, String clientId, int window)
      throws MqttException {
    return TestClient.connectMute(broker, clientId, session(window));
  }

  private static MqttConnectionOptions session(int window) {
    MqttConnectionOptions options = TestClient.credential("ingest", "ingest-secret");
    options.setCleanStart(false);
    options.setSessionExpiryInterval(3600L);
    options.setReceiveMaximum(window);
    return options;
  }

  private TestClient service(String name) throws MqttException {
    return TestClient.connect(broker, name + "-1", name, name + "-secret");
  }

  /** Refused by reason code or by the end of the connection; either way the client learns of it. */
  private static void assertRefused(TestClient client, String topic, int qos, boolean retained)
      throws Exception {
    try {
      int reason = client.publish(topic, "x", qos, retained);
      assertThat(qos == 0 ? NOT_AUTHORIZED : reason).isEqualTo(NOT_AUTHORIZED);
    } catch (MqttException e) {
      assertThat(e.getReasonCode()).isNotZero();
    }
    assertThat(client.isDisconnectedWithin(5)).isTrue();
  }

  private static MqttMessage retained(String payload) {
    MqttMessage message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8));
    message.setQos(1);
    message.setRetained(true);
    return message;
  }
}
