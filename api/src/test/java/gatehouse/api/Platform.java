package gatehouse.api;

import gatehouse.config.ConfigLoader;
import gatehouse.service.database.Database;
import gatehouse.service.kafka.KafkaBroker;
import gatehouse.service.mqtt.Credentials;
import gatehouse.service.mqtt.MqttBroker;
import gatehouse.service.mqtt.Role;
import gatehouse.wire.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.springframework.context.ConfigurableApplicationContext;

/** The real services, started once for all tests of this module, and an API on top of them. */
public final class Platform {

  /** Password of every account of the tests. */
  public static final String PASSWORD = "correct horse battery staple";

  static final String OWNER = "gatehouse_owner";
  static final String APPLICATION = "gatehouse_api";

  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private static final Platform INSTANCE = start();

  private final Path dir;
  private volatile Database database;
  private final MqttBroker mqtt;
  private final KafkaBroker kafka;
  private final KeyPair doorKeys;
  private final Path credentials;
  private final KafkaProducer<String, byte[]> producer;
  private final ConfigurableApplicationContext api;

  private Platform(
      Path dir,
      Database database,
      MqttBroker mqtt,
      KafkaBroker kafka,
      KeyPair doorKeys,
      Path credentials) {
    this.dir = dir;
    this.database = database;
    this.mqtt = mqtt;
    this.kafka = kafka;
    this.doorKeys = doorKeys;
    this.credentials = credentials;
    this.producer = new KafkaProducer<>(producerProperties(kafka));
    this.api = ApiMain.start(settings(Map.of()));
  }

  /** The platform, running. */
  public static Platform get() {
    return INSTANCE;
  }

  private static Platform start() {
    // Nothing here measures time: patience only keeps a busy machine from failing a test.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    try {
      Path dir = Files.createTempDirectory("gatehouse-api-test");
      Path credentials = dir.resolve("credentials.csv");
      new Credentials().add("api", Role.API, "*", SECRET).write(credentials);
      Database database = Database.start(dir.resolve("database"), 0);
      database.provision("gatehouse", OWNER, SECRET, APPLICATION, SECRET);
      MqttBroker mqtt = MqttBroker.start(dir.resolve("mqtt"), 0, credentials);
      KafkaBroker kafka = KafkaBroker.start(dir.resolve("kafka"), 0);
      createTopics(kafka);
      KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      Files.writeString(dir.resolve("secret"), SECRET);
      Files.writeString(
          dir.resolve("data.key"),
          Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)));
      Files.writeString(
          dir.resolve("door.pem"),
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded())
              + "\n-----END PRIVATE KEY-----\n");
      Files.writeString(dir.resolve("accounts.json"), TestAccounts.json(PASSWORD));
      Platform platform = new Platform(dir, database, mqtt, kafka, keys, credentials);
      Runtime.getRuntime().addShutdownHook(new Thread(platform::stop));
      return platform;
    } catch (IOException | SQLException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Properties producerProperties(KafkaBroker kafka) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    properties.put("acks", "all");
    properties.put("linger.ms", "5");
    properties.put("key.serializer", StringSerializer.class.getName());
    properties.put("value.serializer", ByteArraySerializer.class.getName());
    return properties;
  }

  private static void createTopics(KafkaBroker kafka) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    try (Admin admin = Admin.create(properties)) {
      List<NewTopic> topics =
          Arrays.stream(Topic.values())
              .map(topic -> new NewTopic(topic.topicName(), 2, (short) 1))
              .toList();
      admin.createTopics(topics).all().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void stop() {
    try {
      api.close();
      mqtt.close();
      kafka.close();
      database.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The environment of an API process on these services. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("GATEHOUSE_API_PORT", "0");
    environment.put("GATEHOUSE_API_MANAGEMENT_PORT", "0");
    environment.put("GATEHOUSE_KAFKA_BOOTSTRAP", kafka.bootstrapServers());
    environment.put("GATEHOUSE_MQTT_URL", mqtt.url());
    environment.put("GATEHOUSE_MQTT_PASSWORD_FILE", dir.resolve("secret").toString());
    environment.put("GATEHOUSE_DATABASE_URL", database.jdbcUrl("gatehouse"));
    environment.put("GATEHOUSE_DATABASE_PASSWORD_FILE", dir.resolve("secret").toString());
    environment.put("GATEHOUSE_DATABASE_OWNER_PASSWORD_FILE", dir.resolve("secret").toString());
    environment.put("GATEHOUSE_DOOR_SIGNING_KEY_FILE", dir.resolve("door.pem").toString());
    environment.put("GATEHOUSE_DATA_KEY_FILE", dir.resolve("data.key").toString());
    environment.put("GATEHOUSE_DOOR_COMMAND_LIFETIME", "PT6S");
    environment.put("GATEHOUSE_REPAIR_QUIET", "PT3S");
    environment.put("GATEHOUSE_WEBHOOK_ALLOW_PRIVATE", "true");
    environment.put("GATEHOUSE_DEMO_ACCOUNTS_FILE", dir.resolve("accounts.json").toString());
    return environment;
  }

  /** The settings of an API on these services, some of them other than usual. */
  public ApiSettings settings(Map<String, String> others) {
    Map<String, String> environment = environment();
    environment.putAll(others);
    return ConfigLoader.load(ApiSettings.class, environment);
  }

  /** The API that most tests share. */
  public ConfigurableApplicationContext api() {
    return api;
  }

  /** Where the shared API listens. */
  public String url() {
    return urlOf(api);
  }

  /** Where an API listens. */
  public static String urlOf(ConfigurableApplicationContext api) {
    return "http://127.0.0.1:" + ApiMain.port(api);
  }

  /** A connection as the role of requests, with nothing said about who is asking. */
  public Connection connectAsApplication() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl("gatehouse"), APPLICATION, SECRET);
  }

  /** A connection as the owner of the tables. */
  public Connection connectAsOwner() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl("gatehouse"), OWNER, SECRET);
  }

  /** A connection as the superuser. */
  public Connection connectAsSuperuser() throws SQLException {
    return database.connect("gatehouse");
  }

  public Database database() {
    return database;
  }

  public String mqttUrl() {
    return mqtt.url();
  }

  public String kafkaServers() {
    return kafka.bootstrapServers();
  }

  public KeyPair doorKeys() {
    return doorKeys;
  }

  /** Kills the database as a power cut would; the API goes on without it. */
  public void killDatabase() throws IOException {
    long postmaster =
        Long.parseLong(
            Files.readAllLines(dir.resolve("database/data/postmaster.pid")).get(0).strip());
    ProcessHandle.of(postmaster).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Starts the database again, on the same port. */
  public void startDatabase() throws IOException {
    int port = database.port();
    // Gives back the lock that this JVM holds on the directory.
    database.close();
    database = Database.start(dir.resolve("database"), port);
  }

  /** Runs a statement as the owner of the tables. */
  public void asOwner(String statement, Object... values) {
    try (Connection owner = connectAsOwner();
        PreparedStatement sql = owner.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        sql.setObject(i + 1, values[i]);
      }
      sql.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of a query, as the owner of the tables. */
  public List<String> texts(String query, Object... values) {
    try (Connection owner = connectAsOwner()) {
      return texts(owner, query, values);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many connections of a pool wait for a lock with a statement that contains this text. */
  public int waiting(String pool, String statement) {
    try (Connection superuser = connectAsSuperuser()) {
      return texts(
              superuser,
              "select 1 from pg_stat_activity where wait_event_type = 'Lock'"
                  + " and application_name = ? and position(? in query) > 0",
              pool,
              statement)
          .size();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> texts(Connection connection, String query, Object... values)
      throws SQLException {
    try (PreparedStatement sql = connection.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        sql.setObject(i + 1, values[i]);
      }
      List<String> found = new ArrayList<>();
      try (ResultSet rows = sql.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  /** Puts a record on a topic and waits until Kafka has it. */
  public void publish(Topic topic, String key, byte[] value) {
    try {
      producer.send(new ProducerRecord<>(topic.topicName(), key, value)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Puts a record on a topic; {@link #flush} waits for it. */
  public void publishLater(Topic topic, String key, byte[] value) {
    Future<?> unused = producer.send(new ProducerRecord<>(topic.topicName(), key, value));
  }

  public void flush() {
    producer.flush();
  }

  /** A folder for what a test wants to keep. */
  public Path folder(String name) throws IOException {
    return Files.createDirectories(dir.resolve(name));
  }

  /** Gives a device a credential at the broker; the user name is community/device. */
  public String deviceSecret(String community, String device) throws IOException {
    Credentials.addTo(credentials, community + "/" + device, Role.DEVICE, community, SECRET);
    return SECRET;
  }

  /** A password of a service at the broker. */
  public String serviceSecret() {
    return SECRET;
  }
}
