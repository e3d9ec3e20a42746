package gatehouse.flink;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;

/** What every job is run with. */
final class JobSettings {

  /** How often watermarks are made. */
  private static final Duration WATERMARK_INTERVAL = Duration.ofMillis(100);

  /** How long a record may wait for others to fill a network buffer; there are four hops. */
  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(10);

  /** State can be spread over so many subtasks, never more; it cannot be changed later. */
  private static final int MAX_PARALLELISM = 256;

  private JobSettings() {}

  /** No Kryo, no copies between chained operators, short ways. */
  static Configuration common() {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, WATERMARK_INTERVAL);
    settings.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    settings.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
    // A watermark must not be cut in two: timers fire before anything else is taken.
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED_INTERRUPTIBLE_TIMERS, false);
    return settings;
  }
}
