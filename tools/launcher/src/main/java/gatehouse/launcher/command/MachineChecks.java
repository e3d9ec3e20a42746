package gatehouse.launcher.command;

import gatehouse.launcher.SystemTool;
import gatehouse.launcher.data.DataDirectory;
import gatehouse.launcher.data.Endpoint;
import gatehouse.launcher.data.Ports;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether this machine can run Gatehouse. */
final class MachineChecks {
  private static final int OLDEST_JAVA = 17;
  private static final int OLDEST_NODE = 20;
  private static final int FEW_FILES = 4096;
  private static final int FEW_CORES = 2;
  private static final long LITTLE_MEMORY_MB = 3000;
  private static final long NO_MEMORY_MB = 1500;
  private static final long LITTLE_DISK_MB = 5000;
  private static final long NO_DISK_MB = 1000;
  private static final long TOOL_SECONDS = 20;
  private static final Pattern VERSION = Pattern.compile("([0-9]+)(\\.[0-9]+)*");

  private final Path data;

  MachineChecks(Path data) {
    this.data = data;
  }

  List<Check> all() throws IOException {
    List<Check> checks = new ArrayList<>();
    checks.add(java());
    checks.add(maven());
    checks.add(node());
    checks.add(systemTools());
    checks.add(cores());
    checks.add(memory());
    checks.add(disk());
    checks.add(files());
    checks.addAll(ports());
    return checks;
  }

  private static Check java() {
    String version =
        System.getProperty("java.version") + " of " + System.getProperty("java.vendor");
    return Runtime.version().feature() >= OLDEST_JAVA
        ? Check.good("Java", version)
        : Check.bad("Java", version + "; 17 or newer is needed");
  }

  private static Check maven() {
    String said = firstLine("mvn", "-v");
    Matcher version = VERSION.matcher(said);
    return version.find()
        ? Check.good("Maven", version.group())
        : Check.odd("Maven", "not found; needed to build: apt-get install maven");
  }

  private static Check node() {
    String said = firstLine("node", "--version");
    Matcher version = VERSION.matcher(said);
    if (!version.find()) {
      return Check.odd("Node", "not found; 20 or newer is needed to build the console");
    }
    return Integer.parseInt(version.group(1)) >= OLDEST_NODE
        ? Check.good("Node", version.group())
        : Check.odd("Node", version.group() + "; 20 or newer is needed to build the console");
  }

  private static Check systemTools() {
    List<String> missing =
        Stream.of("setsid", "unshare", "kill").filter(tool -> !SystemTool.isThere(tool)).toList();
    return missing.isEmpty()
        ? Check.good("system tools", "setsid, unshare, kill")
        : Check.bad(
            "system tools", missing + " missing; on Debian: apt-get install util-linux procps");
  }

  private static Check cores() {
    int cores = Runtime.getRuntime().availableProcessors();
    return cores >= FEW_CORES
        ? Check.good("processors", Integer.toString(cores))
        : Check.odd("processors", cores + "; works, but takes long to start");
  }

  private static Check memory() throws IOException {
    long available = memInfo("MemAvailable") / 1024;
    String found = available + " MB available of " + memInfo("MemTotal") / 1024 + " MB";
    if (available < NO_MEMORY_MB) {
      return Check.bad("memory", found + "; everything needs about 1500 MB");
    }
    return available < LITTLE_MEMORY_MB
        ? Check.odd("memory", found + "; everything needs about 1500 MB, a build 1500 MB more")
        : Check.good("memory", found);
  }

  private static long memInfo(String key) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith(key + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    }
  }

  private Check disk() throws IOException {
    Path existing = data.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    FileStore store = Files.getFileStore(existing);
    long free = store.getUsableSpace() / (1024 * 1024);
    String found = free + " MB free for " + data.toAbsolutePath().normalize();
    if (free < NO_DISK_MB) {
      return Check.bad("disk", found + "; Kafka and PostgreSQL stop when it is full");
    }
    return free < LITTLE_DISK_MB ? Check.odd("disk", found) : Check.good("disk", found);
  }

  private static Check files() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/limits"))) {
      String limit =
          lines
              .filter(line -> line.startsWith("Max open files"))
              .map(line -> line.substring("Max open files".length()).strip().split("\\s+", -1)[1])
              .findFirst()
              .orElse("0");
      boolean enough = limit.equals("unlimited") || Long.parseLong(limit) >= FEW_FILES;
      return enough
          ? Check.good("open files", limit + " a process")
          : Check.odd("open files", limit + " a process; for many devices: ulimit -n 65536");
    }
  }

  /** Free, or ours: a port that somebody else has is worth knowing before the start. */
  private List<Check> ports() throws IOException {
    if (DataDirectory.exists(data) && DataDirectory.open(data).launcher().isPresent()) {
      return List.of();
    }
    List<String> taken = new ArrayList<>();
    Path file = data.resolve("ports");
    for (Endpoint endpoint : Endpoint.values()) {
      int port = Files.exists(file) ? Ports.read(file).of(endpoint) : endpoint.defaultPort();
      if (!isFree(port)) {
        taken.add(endpoint.word() + " " + port);
      }
    }
    return List.of(
        taken.isEmpty()
            ? Check.good("ports", "all free")
            : Check.odd("ports", "taken: " + taken + "; up takes others for these"));
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (BindException e) {
      return false;
    }
  }

  private static String firstLine(String... command) {
    if (!SystemTool.isThere(command[0])) {
      return "";
    }
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(TOOL_SECONDS, TimeUnit.SECONDS);
      return said.lines().findFirst().orElse("").replaceAll("\u001b\\[[0-9;]*m", "");
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
