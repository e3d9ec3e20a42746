package gatehouse.launcher;

import gatehouse.fact.Fact;
import gatehouse.launcher.data.Secrets;
import gatehouse.site.Community;
import gatehouse.site.Device;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an installation in containers needs once, or again when a device comes: {@code secrets DIR
 * SITE} makes every secret, accounts, and a broker credential for each device of the site file;
 * {@code kafka BOOTSTRAP PARTITIONS SITE} creates the Kafka topics that are missing and publishes
 * the site file. A site file has one fact a line, as on the facts topic.
 */
public final class Provision {
  private static final int USAGE = 2;

  private Provision() {}

  /** Exit codes: 0 done, 1 it did not work, 2 the command line is wrong. */
  public static void main(String[] args) {
    try {
      if (args.length == 3 && args[0].equals("secrets")) {
        secrets(Path.of(args[1]), site(Path.of(args[2])));
      } else if (args.length == 4 && args[0].equals("kafka")) {
        List<Fact> site = site(Path.of(args[3]));
        new KafkaProvisioning(args[1]).topics(Integer.parseInt(args[2]));
        FactPublisher.publish(args[1], site);
        System.out.println(site.size() + " facts published");
      } else {
        System.err.println("usage: provision secrets DIR SITE | kafka BOOTSTRAP PARTITIONS SITE");
        System.exit(USAGE);
      }
    } catch (Exception e) {
      System.err.println("provision: " + e);
      System.exit(1);
    }
  }

  private static void secrets(Path folder, List<Fact> site) throws IOException {
    List<Device> devices =
        site.stream().filter(Device.class::isInstance).map(Device.class::cast).toList();
    Secrets secrets = Secrets.in(folder);
    secrets.provisionDevices(
        devices.stream().map(device -> device.community() + "/" + device.id()).toList());
    List<String> communities =
        site.stream().filter(Community.class::isInstance).map(Fact::id).toList();
    secrets.provisionDemoAccounts(
        communities,
        devices.stream()
            .filter(device -> device.kind().equals("access-terminal"))
            .map(device -> device.community() + ":" + device.id())
            .toList(),
        communities.isEmpty() ? List.of() : DemoResident.persons(site, communities.get(0)));
  }

  private static List<Fact> site(Path file) throws IOException {
    List<Fact> facts = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          facts.add(FactCodec.decode(lines.get(i).getBytes(StandardCharsets.UTF_8)));
        } catch (WireException e) {
          throw new IOException(file + " line " + (i + 1) + ": " + e.getMessage(), e);
        }
      }
    }
    return facts;
  }
}
