package gatehouse.bench;

import java.time.Duration;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The least a job can be: the bytes of one topic into another, at least once, with the parallelism
 * and the checkpoints of the live job. Runs on the class path of flink-jobs.
 */
final class PassThrough {
  private static final int PARALLELISM = 2;
  private static final long LOOK_MILLIS = 100;

  private PassThrough() {}

  /** Arguments: Kafka's address, the topic to read, the topic to write. Prints {@code READY}. */
  public static void main(String[] args) throws Exception {
    Configuration settings = new Configuration();
    settings.set(CoreOptions.DEFAULT_PARALLELISM, PARALLELISM);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(5));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(settings);
    env.fromSource(
            KafkaSource.<byte[]>builder()
                .setBootstrapServers(args[0])
                .setGroupId("bench-pass-through")
                .setTopics(args[1])
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setProperty("isolation.level", "read_committed")
                .setDeserializer(
                    KafkaRecordDeserializationSchema.valueOnly(ByteArrayDeserializer.class))
                .build(),
            WatermarkStrategy.noWatermarks(),
            "in",
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
        .sinkTo(
            KafkaSink.<byte[]>builder()
                .setBootstrapServers(args[0])
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(
                    KafkaRecordSerializationSchema.<byte[]>builder()
                        .setTopic(args[2])
                        .setValueSerializationSchema(new Same())
                        .build())
                .setProperty("acks", "all")
                .setProperty("linger.ms", "2")
                .build());
    JobClient job = env.executeAsync("pass-through");
    while (job.getJobStatus().get() != JobStatus.RUNNING) {
      Thread.sleep(LOOK_MILLIS);
    }
    System.out.println("READY");
    job.getJobExecutionResult().get();
  }

  /** Bytes as they are. A class, because Flink cannot tell the type of a lambda. */
  private static final class Same implements SerializationSchema<byte[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] serialize(byte[] value) {
      return value;
    }
  }
}
