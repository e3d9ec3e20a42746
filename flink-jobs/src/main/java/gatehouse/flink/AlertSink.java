package gatehouse.flink;

import gatehouse.wire.Topic;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/**
 * Writes to Kafka at least once. What is sent again after a restart carries the same id, so that
 * readers need no transactions and no waiting for checkpoints.
 *
 * <p>One producer writes all topics in the order of the records. A note of progress goes out only
 * when Kafka has acknowledged everything before it: who reads the note finds the alerts.
 */
final class AlertSink implements Sink<Outgoing> {

  private static final long serialVersionUID = 1L;

  private final KafkaSink<Outgoing> kafka;

  /** A sink at this broker. */
  AlertSink(String bootstrap) {
    this.kafka =
        KafkaSink.<Outgoing>builder()
            .setBootstrapServers(bootstrap)
            .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
            .setRecordSerializer(new OutgoingSerializer())
            .setProperty("acks", "all")
            .setProperty("linger.ms", "2")
            .build();
  }

  @Override
  public SinkWriter<Outgoing> createWriter(WriterInitContext context) throws IOException {
    return new Writer(kafka.createWriter(context));
  }

  private static final class Writer implements SinkWriter<Outgoing> {

    private final SinkWriter<Outgoing> kafka;
    private boolean unacknowledged;

    Writer(SinkWriter<Outgoing> kafka) {
      this.kafka = kafka;
    }

    @Override
    public void write(Outgoing record, Context context) throws IOException, InterruptedException {
      boolean progress = record.topic() == Topic.PROGRESS;
      if (progress && unacknowledged) {
        kafka.flush(false);
        unacknowledged = false;
      }
      kafka.write(record, context);
      unacknowledged |= !progress;
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
      kafka.flush(endOfInput);
      unacknowledged = false;
    }

    @Override
    public void close() throws IOException {
      try {
        kafka.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the Kafka producer was closing", e);
      } catch (Exception e) {
        throw new IOException("the Kafka producer did not close", e);
      }
    }
  }
}
