package gatehouse.ingest;

import gatehouse.config.ConfigException;
import gatehouse.config.ConfigLoader;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The intake as a process of its own, configured by {@link IngestConfig}. Prints {@code READY
 * ingest PORT} when it takes messages for the first time; the port is that of {@code /metrics},
 * {@code /health} and {@code /ready}. SIGTERM lets it finish what it has in hand.
 *
 * <p>Exit codes: 2 if the configuration is not fit to start with, 70 if a thread failed.
 */
public final class IngestMain {

  private static final Logger log = LoggerFactory.getLogger(IngestMain.class);
  private static final int BAD_CONFIGURATION = 2;
  private static final int FAILED = 70;
  private static final long LOOK_MILLIS = 50;

  private IngestMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          log.error("{} failed, so the intake ends", thread.getName(), failure);
          Runtime.getRuntime().halt(FAILED);
        });
    Ingest ingest;
    try {
      ingest = Ingest.start(ConfigLoader.load(IngestConfig.class));
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(BAD_CONFIGURATION);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(ingest::close, "stop"));
    while (!ingest.isReady()) {
      Thread.sleep(LOOK_MILLIS);
    }
    System.out.println("READY ingest " + ingest.statusPort());
  }
}
