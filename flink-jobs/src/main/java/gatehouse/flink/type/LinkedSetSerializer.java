package gatehouse.flink.type;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A set that comes back in the order in which it was written. */
final class LinkedSetSerializer<E> extends ValueSerializer<Set<E>> {

  private static final long serialVersionUID = 1L;

  private final TypeSerializer<E> elements;

  LinkedSetSerializer(TypeSerializer<E> elements) {
    this.elements = elements;
  }

  @Override
  public TypeSerializer<Set<E>> duplicate() {
    return new LinkedSetSerializer<>(elements.duplicate());
  }

  @Override
  public void serialize(Set<E> set, DataOutputView target) throws IOException {
    target.writeInt(set.size());
    for (E element : set) {
      elements.serialize(element, target);
    }
  }

  @Override
  public Set<E> deserialize(DataInputView source) throws IOException {
    Set<E> set = new LinkedHashSet<>();
    for (int left = source.readInt(); left > 0; left--) {
      set.add(elements.deserialize(source));
    }
    return set;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinkedSetSerializer<?> that && elements.equals(that.elements);
  }

  @Override
  public int hashCode() {
    return elements.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Set<E>> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /** Remembers the serializer of the elements. */
  public static final class Snapshot<E>
      extends CompositeTypeSerializerSnapshot<Set<E>, LinkedSetSerializer<E>> {

    /** For reading. */
    public Snapshot() {}

    Snapshot(LinkedSetSerializer<E> serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 1;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(LinkedSetSerializer<E> outer) {
      return new TypeSerializer<?>[] {outer.elements};
    }

    @Override
    @SuppressWarnings("unchecked")
    protected LinkedSetSerializer<E> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new LinkedSetSerializer<>((TypeSerializer<E>) nested[0]);
    }
  }
}
