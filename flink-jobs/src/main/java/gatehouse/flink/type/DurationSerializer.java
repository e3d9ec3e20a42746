package gatehouse.flink.type;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Seconds and nanoseconds. */
final class DurationSerializer extends ValueSerializer<Duration> {

  static final DurationSerializer INSTANCE = new DurationSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public TypeSerializer<Duration> duplicate() {
    return this;
  }

  @Override
  public void serialize(Duration value, DataOutputView target) throws IOException {
    target.writeLong(value.getSeconds());
    target.writeInt(value.getNano());
  }

  @Override
  public Duration deserialize(DataInputView source) throws IOException {
    return Duration.ofSeconds(source.readLong(), source.readInt());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DurationSerializer;
  }

  @Override
  public int hashCode() {
    return DurationSerializer.class.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Duration> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Nothing to remember. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Duration> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
