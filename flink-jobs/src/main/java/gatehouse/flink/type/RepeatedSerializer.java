package gatehouse.flink.type;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Values that go the same way several times in a row, as a fact goes to each model it concerns: the
 * last one's bytes are written again, and bytes that are those of the last one are the same object.
 * A length, then the bytes of the value's own serializer.
 */
final class RepeatedSerializer<T> extends ValueSerializer<T> {

  private static final long serialVersionUID = 1L;

  private static final int FIRST_SIZE = 1024;

  private final TypeSerializer<T> values;

  private transient @Nullable DataOutputSerializer out;
  private transient @Nullable T written;
  private transient byte @Nullable [] lastBytes;
  private transient int lastLength;
  private transient @Nullable T read;
  private transient byte @Nullable [] spare;

  RepeatedSerializer(TypeSerializer<T> values) {
    this.values = values;
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return new RepeatedSerializer<>(values.duplicate());
  }

  @Override
  @SuppressWarnings("ReferenceEquality")
  public void serialize(T value, DataOutputView target) throws IOException {
    DataOutputSerializer bytes = out == null ? new DataOutputSerializer(FIRST_SIZE) : out;
    out = bytes;
    if (value != written) {
      written = null;
      bytes.clear();
      values.serialize(value, bytes);
      written = value;
    }
    target.writeInt(bytes.length());
    target.write(bytes.getSharedBuffer(), 0, bytes.length());
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    int length = source.readInt();
    byte[] bytes = spare == null || spare.length < length ? new byte[2 * length] : spare;
    spare = bytes;
    source.readFully(bytes, 0, length);
    byte[] before = lastBytes;
    if (read != null
        && before != null
        && length == lastLength
        && Arrays.equals(bytes, 0, length, before, 0, length)) {
      return read;
    }
    T value = values.deserialize(new DataInputDeserializer(bytes, 0, length));
    spare = before;
    lastBytes = bytes;
    lastLength = length;
    read = value;
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RepeatedSerializer<?> that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(RepeatedSerializer.class, values);
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /** Remembers the serializer of the values. */
  public static final class Snapshot<T>
      extends CompositeTypeSerializerSnapshot<T, RepeatedSerializer<T>> {

    /** For reading. */
    public Snapshot() {}

    Snapshot(RepeatedSerializer<T> serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 1;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(RepeatedSerializer<T> outer) {
      return new TypeSerializer<?>[] {outer.values};
    }

    @Override
    @SuppressWarnings("unchecked")
    protected RepeatedSerializer<T> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new RepeatedSerializer<>((TypeSerializer<T>) nested[0]);
    }
  }
}
