package gatehouse.flink.type;

import java.io.IOException;
import java.io.ObjectInputStream;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * A record, by Flink's serializer for records and with its schema evolution (components may be
 * added, removed and moved). What Flink leaves null because an older record did not have it is
 * filled in, and a copy is the record itself.
 */
final class RecordSerializer<T> extends ValueSerializer<T> {

  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final TypeSerializer<T> fields;

  /** Whether it reads what an older version of the class may have written. */
  private final boolean older;

  private transient @Nullable Absent<T> absent;

  RecordSerializer(Class<T> type, TypeSerializer<T> fields, boolean older) {
    this.type = type;
    this.fields = fields;
    this.older = older;
    this.absent = older ? new Absent<>(type) : null;
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    absent = older ? new Absent<>(type) : null;
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return new RecordSerializer<>(type, fields.duplicate(), older);
  }

  @Override
  public void serialize(T value, DataOutputView target) throws IOException {
    fields.serialize(value, target);
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    T read = fields.deserialize(source);
    return absent == null || read == null ? read : absent.fill(read);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordSerializer<?> that
        && type == that.type
        && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /** Remembers the class and, by Flink's snapshot, its components. */
  public static final class Snapshot<T>
      extends CompositeTypeSerializerSnapshot<T, RecordSerializer<T>> {

    private @Nullable Class<T> type;

    /** For reading. */
    public Snapshot() {}

    Snapshot(RecordSerializer<T> serializer) {
      super(serializer);
      this.type = serializer.type;
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 1;
    }

    @Override
    protected void writeOuterSnapshot(DataOutputView out) throws IOException {
      out.writeUTF(known().getName());
    }

    @Override
    @SuppressWarnings("unchecked")
    protected void readOuterSnapshot(int version, DataInputView in, ClassLoader classes)
        throws IOException {
      String name = in.readUTF();
      try {
        type = (Class<T>) Class.forName(name, false, classes);
      } catch (ClassNotFoundException e) {
        throw new IOException("the state holds records of " + name + ", which is gone", e);
      }
    }

    @Override
    protected OuterSchemaCompatibility resolveOuterSchemaCompatibility(
        TypeSerializerSnapshot<T> older) {
      return older instanceof Snapshot<T> that && that.known() == known()
          ? OuterSchemaCompatibility.COMPATIBLE_AS_IS
          : OuterSchemaCompatibility.INCOMPATIBLE;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(RecordSerializer<T> outer) {
      return new TypeSerializer<?>[] {outer.fields};
    }

    @Override
    @SuppressWarnings("unchecked")
    protected RecordSerializer<T> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new RecordSerializer<>(known(), (TypeSerializer<T>) nested[0], true);
    }

    private Class<T> known() {
      if (type == null) {
        throw new IllegalStateException("the snapshot was not read yet");
      }
      return type;
    }
  }
}
