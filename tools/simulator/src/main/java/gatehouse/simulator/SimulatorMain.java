package gatehouse.simulator;

import gatehouse.config.ConfigException;
import gatehouse.config.ConfigLoader;
import gatehouse.simulator.device.Fleet;
import gatehouse.simulator.life.Contacts;
import gatehouse.simulator.life.DailyLife;
import gatehouse.simulator.life.Incidents;
import gatehouse.simulator.life.LiveAgenda;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small city as a process of its own. Prints {@code READY simulator DEVICES} when all devices
 * are connected, and ends with SIGTERM, after every device has said good-bye.
 */
public final class SimulatorMain {

  private static final Logger log = LoggerFactory.getLogger(SimulatorMain.class);

  private SimulatorMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    SimulatorConfig config;
    try {
      config = ConfigLoader.load(SimulatorConfig.class);
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    Clock clock = Clock.systemUTC();
    SmallCity city = SmallCity.of(config.communities(), config.seed(), clock.instant());
    Fleet fleet =
        new Fleet(
            new Fleet.Installation(
                config.mqttUrl(),
                passwords(config.credentialsFile()),
                key(config.doorPublicKeyFile()),
                config.dir(),
                clock));
    LiveAgenda agenda = new LiveAgenda(fleet);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  agenda.close();
                  fleet.close();
                  log.info("Stopped");
                },
                "stop"));
    fleet.connect(city.devices());
    System.out.println("READY simulator " + fleet.size());
    Random random = new Random();
    Contacts contacts = new Contacts(agenda);
    new DailyLife(city.neighbourhoods(), agenda, contacts, clock, random, config.rate()).begin();
    new Incidents(city.neighbourhoods(), agenda, contacts, random, config.incidentEvery()).begin();
  }

  private static Map<String, String> passwords(Path file) throws IOException {
    Map<String, String> passwords = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      int comma = line.indexOf(',');
      if (comma > 0) {
        passwords.put(line.substring(0, comma), line.substring(comma + 1).strip());
      }
    }
    return passwords;
  }

  private static PublicKey key(Path file) throws IOException {
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(Files.readString(file).strip());
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          "The file of GATEHOUSE_DOOR_PUBLIC_KEY_FILE holds no Ed25519 public key.", e);
    }
  }
}
